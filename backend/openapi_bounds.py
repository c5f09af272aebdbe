"""Bounds in the contract's document that the framework leaves out of it."""

from typing import TYPE_CHECKING

import msgspec
from litestar.openapi.spec import Schema
from litestar.openapi.spec.enums import OpenAPIType
from litestar.plugins import OpenAPISchemaPlugin
from litestar.typing import FieldDefinition

if TYPE_CHECKING:
    from litestar._openapi.schema_generation import SchemaCreator

TYPES = {int: OpenAPIType.INTEGER, str: OpenAPIType.STRING}


class InnerBounds(OpenAPISchemaPlugin):
    """Of what may be absent, and of the values of a mapping."""

    def is_plugin_supported_field(self, field_definition: FieldDefinition) -> bool:
        """Whether it is a number or a text with bounds of its own."""
        return field_definition.annotation in TYPES and _bounds(field_definition) is not None

    def to_openapi_schema(
        self, field_definition: FieldDefinition, schema_creator: "SchemaCreator"
    ) -> Schema:
        """Its type with them."""
        bounds = _bounds(field_definition) or msgspec.Meta()
        return Schema(
            type=TYPES[field_definition.annotation],
            minimum=bounds.ge,
            maximum=bounds.le,
            min_length=bounds.min_length,
            max_length=bounds.max_length,
            pattern=bounds.pattern,
        )


def _bounds(field: FieldDefinition) -> msgspec.Meta | None:
    return next((one for one in field.metadata if isinstance(one, msgspec.Meta)), None)
