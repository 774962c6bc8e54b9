from .applicant import ApplicantForm, DeliveryForm
from .documents import ItemForm
from .files import IdentityForm, UploadForm
from .persons import PersonForm, digest_of
from .sending import DeclareForm

__all__ = [
    "ApplicantForm",
    "DeclareForm",
    "DeliveryForm",
    "IdentityForm",
    "ItemForm",
    "PersonForm",
    "UploadForm",
    "digest_of",
]
