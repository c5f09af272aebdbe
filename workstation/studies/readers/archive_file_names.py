"""What of a disc's other files is a viewer's: told by names, which may only demote a file.

No file is opened for its name; a text or a small picture beside a viewer's programs is its helper.
"""

import re
from typing import Final

_PROGRAM: Final = re.compile(
    r"\.(exe|dll|com|bat|cmd|msi|cab|sys|ocx|jar|js|vbs|ps1|sh|app|so|dylib|chm|hlp|swf)$",
    re.IGNORECASE,
)
_HELPER: Final = re.compile(
    r"\.(inf|ini|cfg|conf|config|log|css|xml|xsl|xslt|json|html?|ico|cur|dat|db|manifest"
    r"|properties|lang|lic|ds_store|url|lnk)$",
    re.IGNORECASE,
)
_ABOUT: Final = re.compile(
    r"^(read ?_?me|license|licence|eula|copying|changelog|autorun|version|thumbs|desktop"
    r"|lisezmoi|liesmich)\b",
    re.IGNORECASE,
)
_OF_A_MAC: Final = re.compile(r"(^|/)(__MACOSX/|\._)")


def base_name(path: str) -> str:
    """The last part."""
    return path.rpartition("/")[2]


def folder_of(path: str) -> str:
    """What stands before the last part; "" at the top."""
    return path.rpartition("/")[0]


def is_program(path: str) -> bool:
    """A program, a library, a script by its name."""
    return bool(_PROGRAM.search(path))


def is_helper(path: str) -> bool:
    """A setting, a page or a text of a viewer by its name."""
    return bool(_HELPER.search(path) or _ABOUT.search(base_name(path)) or _OF_A_MAC.search(path))


def viewers_folders(paths: list[str]) -> frozenset[str]:
    """Folders in which programs lie; the top does not count, a viewer's starter lies there."""
    return frozenset(folder_of(path) for path in paths if is_program(path)) - {""}


def is_within(path: str, folders: frozenset[str]) -> bool:
    """Whether a file lies in one of the folders, however deep."""
    folder = folder_of(path)
    while folder:
        if folder in folders:
            return True
        folder = folder_of(folder)
    return False
