"""Words of Django and Wagtail that they have not translated into Bosnian, Croatian or Serbian themselves.

Nothing imports these lists: `makemessages` reads them, so that our catalogues hold what a citizen, clerk or
editor reads on screens that are not ours. `make borrowed` writes them again from what is installed.
"""
