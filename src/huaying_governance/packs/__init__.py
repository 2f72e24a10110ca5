"""政策包: one place's lists, policies and registers as data; another city needs no Python.

General layout, lowest first:

    finding      from a name to a folder and its files
    documents    pack.toml and sources.toml
    registers    organisations.csv, communities.csv, lists/*.csv
    adaptations  lists/*.toml: what communities change of the list
    burdens      burden.toml: caps, boards, certificates
    rest         policies, burdens and the rules of concepts, read when they are needed
    pack         what they make together
    loading      the folder read, with every fault at once
    new          a new pack for another place, from template/
    huaying/     the shipped pack
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from huaying_governance.lazy import lazily

if TYPE_CHECKING:
    from huaying_governance.packs.burdens import BurdenRules
    from huaying_governance.packs.finding import pack_folder, shipped_packs
    from huaying_governance.packs.loading import check_pack, load_pack
    from huaying_governance.packs.new import new_pack
    from huaying_governance.packs.pack import Pack

__all__ = [
    "BurdenRules",
    "Pack",
    "check_pack",
    "load_pack",
    "new_pack",
    "pack_folder",
    "shipped_packs",
]

__getattr__ = lazily(
    __name__,
    {
        "burdens": "BurdenRules",
        "finding": "pack_folder shipped_packs",
        "loading": "check_pack load_pack",
        "new": "new_pack",
        "pack": "Pack",
    },
)
