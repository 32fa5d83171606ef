"""Each format of source becomes dispatches with what it says about them."""

from __future__ import annotations

import gzip
import io
import json
from datetime import date
from email.message import EmailMessage
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas

from onrecord.model.records import Dispatch, SetAside
from onrecord.sources.open import SourceOptions, count, read_source

OPTIONS = SourceOptions(today=date(2024, 6, 1))
STORY = (
    "Shells fell on the grain market of Ardun for the second day on Friday, and eleven traders were taken to the "
    "hospital of the next town, a doctor there said by telephone. The governor blamed the northern front, which did "
    "not answer questions. Lorries with flour waited outside the town until the evening and then turned back."
)


def read(path: Path, options: SourceOptions = OPTIONS) -> list[Dispatch | SetAside]:
    return list(read_source(str(path), options=options))


def dispatches(path: Path, options: SourceOptions = OPTIONS) -> list[Dispatch]:
    found = read(path, options)
    assert not [item for item in found if isinstance(item, SetAside)]
    return [item for item in found if isinstance(item, Dispatch)]


def page(story: str = STORY, *, head: str = "", title: str = "Shells fall on the market of Ardun") -> str:
    parts = "".join(f"<p>{part}.</p>" for part in story.rstrip(".").split(". "))
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>{title}</title>{head}</head><body><nav><a href='/'>Home</a></nav>"
        f"<article><h1>{title}</h1>{parts}</article><footer>Imprint</footer></body></html>"
    )


METADATA = (
    '<meta property="og:title" content="Shells fall on the market of Ardun">'
    '<meta property="og:site_name" content="Ardun Courier">'
    '<meta property="article:published_time" content="2021-05-07T08:00:00+00:00">'
    '<link rel="canonical" href="https://courier.example/shells">'
)


def pdf(*lines: str, password: str | None = None) -> bytes:
    buffer = io.BytesIO()
    drawing = canvas.Canvas(buffer, pagesize=A4, encrypt=password, invariant=1)
    for number, line in enumerate(lines):
        drawing.drawString(50, 780 - 16 * number, line)
    drawing.showPage()
    drawing.save()
    return buffer.getvalue()


def warc(*pages: tuple[str, str, str, bytes]) -> bytes:
    """A web archive of (address, status, content type, body), each record packed on its own."""
    packed = b""
    for number, (url, status, kind, body) in enumerate(pages):
        block = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n\r\n".encode() + body
        head = (
            f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number}>\r\nWARC-Target-URI: {url}\r\n"
            "WARC-Date: 2021-05-08T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
            f"Content-Length: {len(block)}\r\n\r\n"
        )
        packed += gzip.compress(head.encode() + block + b"\r\n\r\n", mtime=0)
    return packed


def test_html_gives_text_and_metadata(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(page(head=METADATA), encoding="utf-8")
    [dispatch] = dispatches(tmp_path / "page.html")
    assert dispatch.text.startswith("Shells fall on the market of Ardun\n")
    assert "turned back." in dispatch.text
    assert "Imprint" not in dispatch.text
    assert (dispatch.title, dispatch.outlet) == ("Shells fall on the market of Ardun", "Ardun Courier")
    assert (dispatch.published, dispatch.published_basis) == ("2021-05-07", "metadata")
    assert dispatch.url == "https://courier.example/shells"
    assert [mark.kind for mark in dispatch.marked] == ["title"]


def test_html_in_a_declared_encoding(tmp_path: Path) -> None:
    text = page(STORY + " Café owners in Ardun said that „nobody“ came.", head='<meta charset="windows-1252">')
    (tmp_path / "page.html").write_bytes(text.encode("cp1252"))
    [dispatch] = dispatches(tmp_path / "page.html")
    assert "Café owners" in dispatch.text


def test_a_page_without_its_end_is_read_with_a_note(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(page(head=METADATA).split("</article>")[0], encoding="utf-8")
    [dispatch] = dispatches(tmp_path / "page.html")
    assert "turned back." in dispatch.text
    assert any("may be missing" in note for note in dispatch.notes)


def test_pdf(tmp_path: Path) -> None:
    story = ("Shells fell on the grain market of Ardun on Friday,", "a doctor said by telephone.")
    (tmp_path / "report.pdf").write_bytes(pdf("Market of Ardun shelled", "", "7 May 2021", "", *story))
    [dispatch] = dispatches(tmp_path / "report.pdf")
    assert dispatch.title == "Market of Ardun shelled"
    assert dispatch.published == "2021-05-07"
    assert "grain market of Ardun" in dispatch.text


def test_mail_with_an_attachment(tmp_path: Path) -> None:
    message = EmailMessage()
    message["From"] = "Ardun Courier <desk@courier.example>"
    message["Date"] = "Fri, 07 May 2021 08:00:00 +0000"
    message["Subject"] = "Shells fall on the market of Ardun"
    message.set_content(STORY)
    message.add_attachment("Nine villages lost power on Thursday, the works said.", filename="power.txt")
    (tmp_path / "news.eml").write_bytes(message.as_bytes())
    body, attached = dispatches(tmp_path / "news.eml")
    assert (body.title, body.outlet, body.published) == (
        "Shells fall on the market of Ardun",
        "Ardun Courier",
        "2021-05-07",
    )
    assert body.published_basis == "metadata"
    assert attached.file == "news.eml/power.txt"
    assert attached.text.strip() == "Nine villages lost power on Thursday, the works said."


def test_mail_of_html_alone(tmp_path: Path) -> None:
    message = EmailMessage()
    message["Subject"] = "Market of Ardun"
    message.set_content(f"<p>{STORY}</p><p>The end came at dusk.</p>", subtype="html")
    (tmp_path / "news.eml").write_bytes(message.as_bytes())
    [dispatch] = dispatches(tmp_path / "news.eml")
    assert dispatch.text == f"Market of Ardun\n\n{STORY}\n\nThe end came at dusk."


def test_csv_with_known_columns(tmp_path: Path) -> None:
    (tmp_path / "all.csv").write_text(
        "Headline;Body;Source;Date;Link\n"
        f'"Market shelled";"{STORY}";Courier;13/05/2021;https://courier.example/1\n'
        '"Second";"A bridge near Ardun, of which ""nothing"" is left, was hit.\nNobody crossed it.";Mail;05/06/2021;\n',
        encoding="utf-8",
    )
    one, two = dispatches(tmp_path / "all.csv")
    assert (one.file, one.text, one.title, one.outlet) == ("all.csv#1", STORY, "Market shelled", "Courier")
    assert (one.published, one.published_basis, one.url) == ("2021-05-13", "metadata", "https://courier.example/1")
    assert two.text == 'A bridge near Ardun, of which "nothing" is left, was hit.\nNobody crossed it.'
    assert two.published == "2021-06-05"  # the first row shows that the day comes first
    assert any("other dates of the same source" in note for note in two.notes)


def test_csv_with_a_mapping_and_a_windows_encoding(tmp_path: Path) -> None:
    (tmp_path / "all.csv").write_bytes("what,who\nCafé burnt down in Ardun on Friday.,Le Courrier\n".encode("cp1252"))
    options = SourceOptions(mapping={"text": "what", "outlet": "who"})
    [dispatch] = dispatches(tmp_path / "all.csv", options)
    assert (dispatch.text, dispatch.outlet) == ("Café burnt down in Ardun on Friday.", "Le Courrier")


def test_csv_without_the_text_column_is_set_aside_once(tmp_path: Path) -> None:
    (tmp_path / "all.csv").write_text("a,b\n" + "1,2\n" * 50, encoding="utf-8")
    [aside] = read(tmp_path / "all.csv")
    assert isinstance(aside, SetAside)
    assert (aside.name, aside.reason) == ("all.csv", "no text column")
    assert "a, b" in aside.advice
    assert "--map text=COLUMN" in aside.advice


def test_csv_without_the_mapped_column_names_it(tmp_path: Path) -> None:
    (tmp_path / "all.csv").write_text(f"text,b\n{STORY.replace(',', ' ')},2\n", encoding="utf-8")
    [aside] = read(tmp_path / "all.csv", SourceOptions(mapping={"text": "corpus"}))
    assert isinstance(aside, SetAside)
    assert "'corpus'" in aside.advice


def test_json_list_inside_an_object(tmp_path: Path) -> None:
    rows = [{"content": STORY, "source": {"name": "Courier"}, "publishedAt": "2021-05-07T08:00:00Z"}, {"content": ""}]
    (tmp_path / "news.json").write_text(json.dumps({"status": "ok", "articles": rows}), encoding="utf-8")
    dispatch, aside = read(tmp_path / "news.json")
    assert isinstance(dispatch, Dispatch)
    assert (dispatch.file, dispatch.outlet, dispatch.published) == ("news.json#1", "Courier", "2021-05-07")
    assert aside == SetAside("news.json#2", "empty", "row 2 of news.json has no text; fill or remove it")


def test_json_with_a_path_in_the_mapping(tmp_path: Path) -> None:
    (tmp_path / "news.json").write_text(json.dumps([{"doc": {"words": STORY}}]), encoding="utf-8")
    [dispatch] = dispatches(tmp_path / "news.json", SourceOptions(mapping={"text": "doc.words"}))
    assert dispatch.text == STORY


def test_json_lines_go_on_after_a_bad_line(tmp_path: Path) -> None:
    lines = [json.dumps({"text": STORY}), '{"text": "broken', json.dumps([1]), json.dumps({"text": "Quiet in Ardun."})]
    (tmp_path / "news.jsonl").write_text("\n".join(lines), encoding="utf-8")
    found = read(tmp_path / "news.jsonl")
    assert [item.file for item in found if isinstance(item, Dispatch)] == ["news.jsonl#1", "news.jsonl#4"]
    assert [(i.name, i.reason) for i in found if isinstance(i, SetAside)] == [
        ("news.jsonl#2", "malformed"),
        ("news.jsonl#3", "malformed"),
    ]


def test_json_may_name_characters_that_no_text_holds(tmp_path: Path) -> None:
    (tmp_path / "news.jsonl").write_text('{"text": "Quiet\\u0000 in \\ud83d Ardun."}', encoding="utf-8")
    [dispatch] = dispatches(tmp_path / "news.jsonl")
    assert dispatch.text == "Quiet� in � Ardun."
    assert "2 characters" in dispatch.notes[0]


RSS = f"""<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Ardun Courier</title><link>https://courier.example/</link><description>News</description>
<item><title>Shells fall on market</title><link>https://courier.example/1</link><guid>tag:courier,1</guid>
<pubDate>Fri, 07 May 2021 08:00:00 GMT</pubDate><description>Short.</description>
<content:encoded><![CDATA[<p>{STORY}</p><p>Read on.</p>]]></content:encoded></item>
<item><title>Bridge hit</title><description>A bridge near Ardun was hit on Thursday &amp;amp; fell.</description></item>
</channel></rss>"""


def test_rss(tmp_path: Path) -> None:
    (tmp_path / "feed.xml").write_text(RSS, encoding="utf-8")
    one, two = dispatches(tmp_path / "feed.xml")
    assert one.file == "feed.xml#tag:courier,1"
    assert one.text == f"Shells fall on market\n\n{STORY}\n\nRead on."
    assert (one.outlet, one.published, one.url) == ("Ardun Courier", "2021-05-07", "https://courier.example/1")
    assert (two.file, two.text) == ("feed.xml#2", "Bridge hit\n\nA bridge near Ardun was hit on Thursday & fell.")
    assert any("only a summary" in note for note in two.notes)


def test_atom(tmp_path: Path) -> None:
    (tmp_path / "feed.atom").write_text(
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Courier</title><entry><id>e1</id><title>Quiet</title>'
        f'<updated>2021-05-07T08:00:00Z</updated><content type="text">{STORY}</content></entry></feed>',
        encoding="utf-8",
    )
    [dispatch] = dispatches(tmp_path / "feed.atom")
    assert (dispatch.file, dispatch.published) == ("feed.atom#e1", "2021-05-07")


def test_warc_keeps_pages_and_passes_over_the_rest(tmp_path: Path) -> None:
    (tmp_path / "crawl.warc.gz").write_bytes(
        warc(
            ("https://courier.example/1", "200 OK", "text/html; charset=utf-8", page(head=METADATA).encode()),
            ("https://courier.example/2", "404 Not Found", "text/html", page().encode()),
            ("https://courier.example/3.png", "200 OK", "image/png", b"\x89PNG"),
            ("https://courier.example/4", "200 OK", "text/plain", STORY.encode()),
        )
    )
    one, two = dispatches(tmp_path / "crawl.warc.gz")
    assert one.file == "crawl.warc.gz#https://courier.example/1"
    assert one.url == "https://courier.example/1"
    assert one.published == "2021-05-07"
    assert two.text == STORY


def test_a_warc_that_breaks_off_keeps_what_came_before(tmp_path: Path) -> None:
    first = warc(("https://courier.example/1", "200 OK", "text/plain", STORY.encode()))
    second = warc(("https://courier.example/2", "200 OK", "text/plain", b"Quiet in Ardun. " * 400))
    (tmp_path / "crawl.warc.gz").write_bytes(first + second[: len(second) // 3])
    found = read(tmp_path / "crawl.warc.gz")
    assert next(item.text for item in found if isinstance(item, Dispatch)) == STORY
    assert [item.reason for item in found if isinstance(item, SetAside)] == ["truncated"]


def test_plain_text_is_kept_to_the_letter(tmp_path: Path) -> None:
    raw = "\ufeff  Quiet in Ardun\r\n\r\n\tNobody fired.  \rNobody left.\n\n"
    (tmp_path / "one.txt").write_bytes(raw.encode())
    [dispatch] = dispatches(tmp_path / "one.txt")
    assert dispatch.text == "  Quiet in Ardun\n\n\tNobody fired.  \nNobody left.\n\n"


@pytest.mark.parametrize(
    ("text", "codec", "note"),
    [
        ("Café “Ardun” closed on Friday.", "cp1252", "cp1252"),
        ("قال متحدث إن القوات دخلت المدينة يوم الجمعة", "cp1256", "cp1256"),
        ("Quiet in Ardun on Friday.", "utf-16", None),
        ("Quiet in Ardun on Friday.", "utf-16-le", "UTF-16-LE"),
        ("Quiet in Ardun on Friday.", "utf-16-be", "UTF-16-BE"),
        ("Ναύαρχος στο Ardun.", "utf-8", None),
    ],
)
def test_decodes(tmp_path: Path, text: str, codec: str, note: str | None) -> None:
    (tmp_path / "one.txt").write_bytes(text.encode(codec))
    [dispatch] = dispatches(tmp_path / "one.txt")
    assert dispatch.text == text
    guesses = [told for told in dispatch.notes if "bytes" in told]
    assert len(guesses) == (note is not None)
    assert all(note in told for told in guesses if note)


def test_damaged_utf8_keeps_its_sound_part(tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_bytes("“Café” – “Ardun” – ‘naïve’ … é".encode() + b"\xe2\x80")
    [dispatch] = dispatches(tmp_path / "one.txt")
    assert dispatch.text == "“Café” – “Ardun” – ‘naïve’ … é�"
    assert "bytes that are not UTF-8: 1" in dispatch.notes[0]


def test_count_is_cheap_and_about_right(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", ".hidden"):
        (tmp_path / name).write_text(STORY, encoding="utf-8")
    (tmp_path / "c.zip").write_bytes(gzip.compress(b""))
    assert count(str(tmp_path)) == 3
    assert count(str(tmp_path / "a.txt")) == 1
    assert count(str(tmp_path / "c.zip")) is None
    assert count("https://courier.example/") == 1
