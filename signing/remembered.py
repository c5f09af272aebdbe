"""Signatures that were checked once in a verification are not checked again.

Whether a signature was made by a key over certain bytes does not change with the moment for which
it is judged: chains, revocation and times are judged anew each time, this is not.
"""

from typing import Any

from cryptography.exceptions import InvalidSignature
from pyhanko_certvalidator.sig_validate import (
    DEFAULT_VALIDATION_CONTEXT,
    SignatureValidationContext,
    SignatureValidator,
)


class Remembered(SignatureValidator):
    """Another validator's answers, each asked for once. Not for several threads."""

    def __init__(self, inner: SignatureValidator) -> None:
        self._inner = inner
        self._known: dict[tuple[object, ...], bool] = {}

    def validate_signature(  # type: ignore[no-untyped-def]  # asn1crypto has no types
        self,
        signature: bytes,
        signed_data: bytes,
        public_key_info,
        signature_algorithm,
        context: SignatureValidationContext = DEFAULT_VALIDATION_CONTEXT,
    ) -> None:
        """Raises InvalidSignature; what else the other one raises is not remembered."""
        asked: tuple[Any, ...] = (
            signature,
            signed_data,
            public_key_info.dump(),
            signature_algorithm.dump(),
            context.contextual_md_algorithm,
            context.prehashed,
        )
        if asked not in self._known:
            try:
                self._inner.validate_signature(
                    signature, signed_data, public_key_info, signature_algorithm, context
                )
            except InvalidSignature:
                self._known[asked] = False
            else:
                self._known[asked] = True
        if not self._known[asked]:
            raise InvalidSignature
