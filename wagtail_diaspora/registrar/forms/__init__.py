from .applicant import ApplicantForm, DeliveryForm
from .documents import ItemForm
from .files import IdentityForm, UploadForm
from .persons import PersonForm, common_relations, digest_of
from .sending import DeclareForm

__all__ = [
    "ApplicantForm",
    "DeclareForm",
    "DeliveryForm",
    "IdentityForm",
    "ItemForm",
    "PersonForm",
    "UploadForm",
    "common_relations",
    "digest_of",
]
