"""Model fields that are encrypted at rest, bound to table, row and field.

The row keeps the ciphertext until the attribute is read, so lists that do not show a field never pay
for it; what was not read is written back as it was.
"""

import json
from typing import Any

from django.core.exceptions import FieldError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models.query_utils import DeferredAttribute

from . import crypto

__all__ = ["Sealed", "SealedField", "SealedJSONField", "SealedTextField"]


class Sealed(bytes):
    """Ciphertext as it came from the database. It has no text of its own."""

    def __repr__(self) -> str:
        return "<sealed>"

    __str__ = __repr__


class SealedAttribute(DeferredAttribute):
    """Opens the field when it is read from an instance."""

    def __get__(self, instance: models.Model | None, cls: type | None = None) -> Any:
        if instance is None:
            return self
        value = super().__get__(instance, cls)
        if isinstance(value, Sealed):
            value = self.field.open(instance, value)
            instance.__dict__[self.field.attname] = value
        return value

    def __set__(self, instance: models.Model, value: Any) -> None:
        """Without this the instance's own value would hide the descriptor."""
        instance.__dict__[self.field.attname] = value


class SealedField(models.BinaryField):
    """Base: subclasses say how a value becomes bytes."""

    descriptor_class = SealedAttribute
    empty_values = [None]

    def __init__(self, *args: Any, **kwargs: Any):
        kwargs.setdefault("editable", True)
        super().__init__(*args, **kwargs)

    def _check_str_default_value(self) -> list:
        """A default is what is sealed, not what is stored."""
        return []

    def place(self, instance: models.Model) -> str:
        return f"{self.model._meta.db_table}:{instance.pk}:{self.column}"

    def open(self, instance: models.Model, sealed: bytes) -> Any:
        return self.load(crypto.unseal(sealed, place=self.place(instance)))

    def dump(self, value: Any) -> bytes:
        raise NotImplementedError

    def load(self, plain: bytes) -> Any:
        raise NotImplementedError

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Sealed | None:
        return None if value is None else Sealed(value)

    def pre_save(self, model_instance: models.Model, add: bool) -> Sealed | None:
        value = model_instance.__dict__.get(self.attname)
        if value is None or isinstance(value, Sealed):
            return value
        if model_instance.pk is None:
            raise FieldError("A sealed field needs the primary key first; use SealedModel.")
        return Sealed(crypto.seal(self.dump(value), place=self.place(model_instance)))

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is not None and not isinstance(value, Sealed):
            raise FieldError(f"{self.name} is sealed: set it on the instance and save().")
        return super().get_db_prep_value(value, connection, prepared)

    def get_lookup(self, lookup_name: str) -> Any:
        if lookup_name != "isnull":
            raise FieldError(f"{self.name} is sealed and cannot be searched; use a digest.")
        return super().get_lookup(lookup_name)

    def to_python(self, value: Any) -> Any:
        return value

    def value_to_string(self, obj: models.Model) -> str:
        raise FieldError(f"{self.name} is sealed and is not serialised.")


class SealedTextField(SealedField):
    """Text, encrypted."""

    def dump(self, value: str) -> bytes:
        return value.encode()

    def load(self, plain: bytes) -> str:
        return plain.decode()


class SealedJSONField(SealedField):
    """A JSON value, encrypted. A value changed in place is saved like one assigned."""

    def dump(self, value: Any) -> bytes:
        return json.dumps(value, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":")).encode()

    def load(self, plain: bytes) -> Any:
        return json.loads(plain)
