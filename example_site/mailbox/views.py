from django.shortcuts import get_object_or_404, render

from .models import Mail


def inbox(request):
    return render(request, "mailbox/inbox.html", {"mails": Mail.objects.all()[:300]})


def mail(request, pk):
    return render(request, "mailbox/mail.html", {"mail": get_object_or_404(Mail, pk=pk)})
