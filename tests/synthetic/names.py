"""Names and their spellings in the press, written from knowledge of transliteration, not from the folding's rules."""

from __future__ import annotations

from typing import Final

# The first spelling is the one that a careful writer uses; the others are met in print as well.
GIVEN: Final[tuple[tuple[str, ...], ...]] = (
    ("Mustafa", "Mostafa", "Mustapha"),
    ("Yusuf", "Youssef", "Yousef"),
    ("Khalid", "Khaled"),
    ("Qasim", "Kassem"),
    ("Husayn", "Hussein", "Hussain"),
    ("Muhammad", "Mohammed", "Mohamed"),
    ("Sulayman", "Suleiman", "Sulaiman"),
    ("Karim", "Kareem"),
    ("Jamal", "Gamal"),
    ("Abd al-Rahman", "Abdurrahman", "Abdel Rahman"),
    ("Tariq", "Tarek"),
    ("Nasir", "Nasser"),
    ("Salih", "Saleh"),
    ("Layla", "Leila"),
    ("Rojda", "Rozhda"),
    ("Azad",),
    ("Idris", "Idriss"),
    ("Walid", "Waleed"),
    ("Shirwan", "Sherwan"),
    ("Omar", "Umar"),
    ("Ibrahim", "Ebrahim"),
    ("Lena",),
    ("Viktor", "Victor"),
    ("Samir", "Sameer"),
    ("Fatima", "Fatma"),
    ("Rashid", "Rachid"),
    ("Bashir", "Basheer"),
    ("Daniel",),
    ("Dilovan",),
)
SURNAMES: Final[tuple[tuple[str, ...], ...]] = (
    ("Dasho", "Dashow"),
    ("Silo", "Sello", "Selo"),
    ("Bakr", "Bekir"),
    ("al-Hamid", "Hameed", "al-Hameed"),
    ("Orsan", "Oursan"),
    ("Qadir", "Kader"),
    ("al-Masri", "el-Masri", "Masri"),
    ("Okafor",),
    ("Haddad", "Hadad"),
    ("Zubayr", "Zubair", "Zoubeir"),
    ("Khoury", "Khouri"),
    ("al-Jabari", "Jabari", "Jaabari"),
    ("Berzan", "Barzan"),
    ("Tamim", "Tameem"),
    ("Rifai", "Refai"),
    ("Sharif", "Cherif", "Shareef"),
    ("Mardini",),
    ("al-Aziz", "Aziz"),
    ("Nouri", "Nuri", "Noori"),
    ("Ferhat", "Farhat"),
    ("Dillon",),
    ("Petrov",),
    ("Lindqvist",),
    ("al-Tayyib", "Tayeb"),
    ("Shahin", "Shaheen"),
    ("Yildiz",),
    ("Ghazali", "Gazali"),
    ("Mansur", "Mansour"),
    ("Saadi", "Sa'adi"),
)
NOMS_DE_GUERRE: Final = ("Abu Layth", "Abu Harith", "Abu Yahya", "Abu Walid", "Abu Zarr", "Abu Nimr")

# Openings of towns' names and their stems. Neighbours may share either.
OPENINGS: Final[tuple[tuple[str, ...], ...]] = (
    ("Tall", "Tel", "Tell"),
    ("Khirbat", "Khirbet"),
    ("Dayr", "Deir"),
    ("Ayn", "Ain"),
    ("Ras",),
    ("Kafr", "Kufr"),
)
STEMS: Final[tuple[tuple[str, ...], ...]] = (
    ("Ardun", "Ardoun", "Arduun"),
    ("Basira", "Busayra", "Basirah"),
    ("Hajran", "Hajaran"),
    ("Maruf", "Marouf", "Ma'ruf"),
    ("Shuqra", "Shuqrah", "Choukra"),
    ("Qasr", "Kasr"),
    ("Zawra", "Zaura"),
    ("Milhan", "Milhaan"),
    ("Sabkha", "Sabkhah"),
    ("Tarif", "Tareef"),
    ("Halim", "Haleem"),
    ("Nakhla", "Nakhlah"),
    ("Dumar", "Dummar"),
    ("Ghanim", "Ghanem"),
    ("Rumayla", "Rumaila", "Rmeileh"),
    ("Jubayr", "Jubair"),
    ("Safira", "Safirah"),
    ("Kobar", "Kubar"),
    ("Baylun", "Beiloun"),
    ("Harmush", "Harmoush"),
    ("Belis", "Balis"),
    ("Oskhan", "Uskhan"),
    ("Mayda", "Maidah"),
    ("Tishrun", "Tishroun"),
)
PROVINCES: Final = ("Karsan", "Vardal", "Meshtan", "Oruz")
QUARTERS: Final = ("Millgate", "Nakheel", "Rashidiya", "Corniche", "Sabahiya", "New Ardab", "Mashlab", "Tayyar")
FACILITIES: Final = ("main hospital", "central market", "grain silos", "old bridge", "power station", "stadium")

# Bodies: the full name, the acronym, other names in print, the nominal by which a report goes on, the category.
FORCES: Final[tuple[tuple[str, str, tuple[str, ...], str, str], ...]] = (
    ("Karsan Democratic Forces", "KDF", ("Karsan Democratic Force",), "fighters", "rebel"),
    ("Army of the Rivers", "AOR", ("Jaysh al-Anhar", "Rivers Army"), "militants", "jihadist"),
    ("Veshland Armed Forces", "VAF", ("Veshland army", "Veshland Army"), "troops", "state_force"),
    ("National Salvation Front", "NSF", ("Salvation Front",), "rebels", "rebel"),
    ("Banner of Vesh", "BOV", ("Rayat Vesh", "Black Banner of Vesh"), "jihadists", "jihadist"),
    ("Eastern Tribal Council", "ETC", ("Council of Eastern Tribes",), "fighters", "militia"),
    ("Popular Defence Committees", "PDC", ("Popular Defense Committees",), "militiamen", "militia"),
)
FLYERS: Final[tuple[tuple[str, str, tuple[str, ...], str, str], ...]] = (
    ("Northern Coalition", "NC", ("Coalition of the North",), "aircraft", "coalition"),
    ("Ostrian Air Force", "OAF", ("Ostrian air force",), "jets", "external_force"),
)
BRIGADES: Final = ("River Brigade", "Martyrs of Dumar Brigade", "Northern Storm Battalion", "Women's Defence Units")
WATCHERS: Final[tuple[tuple[str, str, tuple[str, ...], str, str], ...]] = (
    ("Vesh Monitor for Human Rights", "VMHR", ("Vesh Monitor",), "monitor", "monitor"),
    ("Civil Record Network", "CRN", ("Civil Record",), "network", "monitor"),
)
OUTLETS: Final = (
    "Valley Times",
    "Example Post",
    "Harbour Herald",
    "The Plain Dealer of Oruz",
    "Daily Lantern",
    "Meridian",
    "Northern Star",
    "Capital Gazette",
)
AGENCIES: Final = ("Transit Wire", "Agence Delta")
