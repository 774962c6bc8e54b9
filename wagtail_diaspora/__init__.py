"""Serve citizens abroad from the Wagtail site that a municipality already has."""

__version__ = "0.1.0"
