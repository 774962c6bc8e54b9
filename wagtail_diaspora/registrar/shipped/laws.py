"""The laws on registers that say who may ask. What an office follows beside them, it writes itself."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from wagtail_diaspora.municipalities.models.municipality import Entity

_ON_REGISTERS = {
    Entity.FBIH: _("Law on registers (Official Gazette of the Federation of BiH 37/12, 80/14), article 64"),
    Entity.RS: _("Law on registers (Official Gazette of Republika Srpska 111/09, 43/13), article 54"),
}


def on_registers(entity: str) -> Any:
    """Nothing for Brčko District, whose office writes its own."""
    return _ON_REGISTERS.get(entity, "")
