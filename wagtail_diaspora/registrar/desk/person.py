"""The facts of one person are corrected."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.functional import cached_property

from ..models import Person
from .base import OrderView
from .step import StepView
from .steps.persons import CORRECT_PERSON


class PersonView(StepView):
    """A step of its own page, because its form is made for the person."""

    step = CORRECT_PERSON

    def dispatch(self, request: HttpRequest, *args: Any, number: int, **kwargs: Any) -> HttpResponse:
        self.number = number
        return OrderView.dispatch(self, request, *args, **kwargs)

    @cached_property
    def person(self) -> Person:
        person = self.order.persons.filter(position=self.number).first()
        if person is None:
            raise Http404
        return person

    def _form(self, data: Any = None, **options: Any) -> Any:
        return super()._form(data, person=self.person, **options)
