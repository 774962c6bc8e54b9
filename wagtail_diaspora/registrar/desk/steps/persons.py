"""What is done with one person, who stands in the address of the page."""

from django.utils.translation import pgettext_lazy

from ... import actions, states
from .. import corrections
from .step import Step

CORRECT_PERSON = Step(
    "correct-person",
    pgettext_lazy("clerk's action", "Correct the facts"),
    actions.correct_person,
    corrections.PersonForm,
    when=lambda o: states.office_may_correct(o.state),
)
