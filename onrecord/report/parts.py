"""What a report is made of: sentences with what they rest on, sections, numbered sources, pictures."""

from __future__ import annotations

from dataclasses import dataclass, field

from onrecord.report.drawing import Drawing


@dataclass(frozen=True, slots=True)
class Cited:
    """A sentence, all claims or statements that it rests on, and those of them that are cited after it.

    One that `follows` says more on the sentence before it, and stands in the same item of a list.
    """

    text: str
    rests_on: tuple[str, ...] = ()
    cited: tuple[str, ...] = ()
    follows: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing with its caption."""

    caption: str
    drawing: Drawing


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with its sentences, set as a paragraph or as a list; `empty` stands where there are none.

    A picture stands before the sentences. Those of a section that is `counted` tell of the report and the record
    themselves and need no citation.
    """

    title: str
    sentences: tuple[Cited, ...]
    empty: str = ""
    level: int = 2
    prose: bool = False
    counted: bool = False
    picture: Picture | None = None

    @property
    def items(self) -> tuple[tuple[Cited, ...], ...]:
        """The sentences as the paragraphs or list items in which they are set."""
        if self.prose or not self.sentences:
            return (self.sentences,) if self.sentences else ()
        starts = [n for n, cited in enumerate(self.sentences) if not cited.follows]
        ends = [*starts[1:], len(self.sentences)]
        return tuple(self.sentences[start:end] for start, end in zip(starts, ends, strict=True))


@dataclass(frozen=True, slots=True)
class Source:
    """A numbered quotation: words, who published them and when, and where they stand, to the character."""

    number: int
    quotation: str
    published_by: str
    where: str


@dataclass(frozen=True, slots=True)
class Situation:
    """A report: its headline, what it covers, its sections, and the numbered sources of every sentence."""

    headline: Cited
    title: str
    scope: str
    sections: tuple[Section, ...]
    sources: tuple[Source, ...] = ()
    numbers: dict[str, int] = field(default_factory=dict)

    @property
    def sentences(self) -> tuple[Cited, ...]:
        """All sentences in the order in which they are read."""
        return (self.headline, *(c for section in self.sections for c in section.sentences))


def citations(cited: Cited, numbers: dict[str, int]) -> list[int]:
    """Return the numbers of the sources that are cited after a sentence, in order, each once."""
    return sorted({numbers[key] for key in cited.cited})
