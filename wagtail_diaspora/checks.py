"""System checks: each with an id, a sentence and the mend."""
