from django.db import models


class Mail(models.Model):
    """A mail that left the outbox of the demonstration."""

    received_at = models.DateTimeField(auto_now_add=True)
    recipient = models.CharField(max_length=254)
    subject = models.CharField(max_length=250)
    text = models.TextField()
    message_id = models.CharField(max_length=250)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.subject
