from django.urls import path

from .views import case, changing, coded, files, identity, order, outside, papers, sending

app_name = "diaspora_registrar"

_DRAFT = "diaspora/order/<uuid:draft>/"
_CASE = "diaspora/case/<uuid:order>/"

urlpatterns = [
    path("diaspora/blank/<slug:code>.pdf", papers.BlankRequest.as_view(), name="blank"),
    path("diaspora/order/new/", order.NewOrder.as_view(), name="new_order"),
    path(f"{_DRAFT}documents/", order.DocumentsStep.as_view(), name="documents"),
    path(f"{_DRAFT}item/<int:number>/", order.EditItem.as_view(), name="item"),
    path(f"{_DRAFT}person/<int:number>/", order.PersonStep.as_view(), name="person"),
    path(f"{_DRAFT}you/", order.ApplicantStep.as_view(), name="you"),
    path(f"{_DRAFT}delivery/", order.DeliveryStep.as_view(), name="delivery"),
    path(f"{_DRAFT}identity/", identity.IdentityStep.as_view(), name="identity"),
    path(f"{_DRAFT}file/<uuid:file>/remove/", identity.RemoveFile.as_view(), name="remove_file"),
    path(f"{_DRAFT}check/", sending.CheckStep.as_view(), name="check"),
    path(f"{_DRAFT}erase/", order.EraseDraft.as_view(), name="erase"),
    path("diaspora/resume/<str:token>/", outside.Resume.as_view(), name="resume"),
    path("diaspora/open/<str:token>/", case.OpenCase.as_view(), name="open_case"),
    path(_CASE, case.Case.as_view(), name="case"),
    path(f"{_CASE}sent/", case.Sent.as_view(), name="sent"),
    path(f"{_CASE}message/", case.Write.as_view(), name="write"),
    path(f"{_CASE}paid/", case.Paid.as_view(), name="paid"),
    path(f"{_CASE}signed/", case.Signed.as_view(), name="signed"),
    path(f"{_CASE}withdraw/", coded.Withdraw.as_view(), name="withdraw"),
    path(f"{_CASE}request/", coded.RequestFile.as_view(), name="request_to_sign"),
    path(f"{_CASE}receipt.pdf", papers.ReceiptFile.as_view(), name="receipt"),
    path(f"{_CASE}files/", files.Files.as_view(), name="files"),
    path(f"{_CASE}files/<uuid:file>/", files.File.as_view(), name="file"),
    path(f"{_CASE}export/", coded.Export.as_view(), name="export"),
    path(f"{_CASE}change/", changing.Change.as_view(), name="change"),
    path(f"{_CASE}change/you/", changing.ChangeApplicant.as_view(), name="change_applicant"),
    path(f"{_CASE}change/email/", changing.ChangeEmail.as_view(), name="change_email"),
    path(f"{_CASE}change/phone/", changing.ChangePhone.as_view(), name="change_phone"),
    path(f"{_CASE}change/address/", changing.ChangeAddress.as_view(), name="change_address"),
    path(f"{_CASE}change/person/<int:number>/", changing.ChangePerson.as_view(), name="change_person"),
    path("diaspora/lost-link/", outside.LostLink.as_view(), name="lost_link"),
    path("diaspora/confirm/<str:token>/", outside.ConfirmEmail.as_view(), name="confirm_email"),
    path("diaspora/proof/", outside.Proof.as_view(), name="proof_form"),
    path("diaspora/proof/<str:code>/", outside.Proof.as_view(), name="proof"),
]
