GARBAGE = 200_000
"""Objects after which Python looks for what nobody needs: at 700, a third of a migration is such looking."""
