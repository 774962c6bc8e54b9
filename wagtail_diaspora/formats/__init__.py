"""How dates are written in Bosnian, where Django mixes in those of America.

A host takes it by `FORMAT_MODULE_PATH = ["wagtail_diaspora.formats"]`.
"""
