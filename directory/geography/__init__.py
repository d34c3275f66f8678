"""Places and distances, offline and without Django."""

from directory.geography.countries import ISO_COUNTRIES, Territory, country_name, desks_of, territories
from directory.geography.names import fold
from directory.geography.places import (
    Place,
    capital,
    distance_km,
    locate,
    place_names_in,
    region_code,
    region_of,
)

__all__ = [
    "ISO_COUNTRIES",
    "Place",
    "Territory",
    "capital",
    "country_name",
    "desks_of",
    "distance_km",
    "fold",
    "locate",
    "place_names_in",
    "region_code",
    "region_of",
    "territories",
]
