"""What PDF/A-2b and PDF/UA-1 ask of a file beside its content: metadata, colours, line ends."""

from functools import lru_cache
from typing import Any
from xml.sax.saxutils import escape

from PIL import ImageCms
from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFName, PDFStream, PDFString

PRODUCER = "wagtail-diaspora"
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{author}</rdf:li></rdf:Seq></dc:creator>
<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{subject}</rdf:li></rdf:Alt></dc:description>
<dc:language><rdf:Bag><rdf:li>{language}</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{when}</xmp:CreateDate><xmp:ModifyDate>{when}</xmp:ModifyDate>
<xmp:CreatorTool>{producer}</xmp:CreatorTool><pdf:Producer>{producer}</pdf:Producer>
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>
</rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 to which the file conforms</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>"""
_STREAM_END = b"endstream\nendobj\n"


def metadata(*, title: str, author: str, subject: str, language: str, when: str) -> PDFStream:
    """XMP that repeats the information dictionary; `when` is ISO 8601 with its zone."""
    words = {"title": title, "author": author, "subject": subject or title, "language": language}
    xmp = _XMP.format(**{k: escape(v) for k, v in words.items()}, when=when, producer=PRODUCER)
    kind = {"Type": PDFName("Metadata"), "Subtype": PDFName("XML")}
    return PDFStream(PDFDictionary(kind), xmp.encode(), filters=[])


def output_intent(document: Any) -> PDFDictionary:
    """sRGB, embedded once."""
    profile = PDFStream(PDFDictionary({"N": 3}), _srgb())
    return PDFDictionary(
        {
            "Type": PDFName("OutputIntent"),
            "S": PDFName("GTS_PDFA1"),
            "OutputConditionIdentifier": PDFString("sRGB"),
            "Info": PDFString("sRGB IEC61966-2.1"),
            "DestOutputProfile": document.Reference(profile),
        }
    )


def with_line_ends(document: Any, data: bytes) -> bytes:
    """reportlab sets `endstream` right behind its bytes; ISO 19005-2, 6.1.7.1 wants a line end between."""
    numbers = document.idToObjectNumberAndVersion
    starts = sorted((offset, numbers[name][0]) for name, offset in document.idToOffset.items())
    table_at = data.rindex(b"xref\n", 0, data.rindex(b"startxref"))
    out, offsets = bytearray(data[: starts[0][0]]), {}
    ends = [offset for offset, _number in starts[1:]] + [table_at]
    for (start, number), end in zip(starts, ends, strict=True):
        offsets[number] = len(out)
        part = data[start:end]
        if part.endswith(_STREAM_END):
            part = part[: -len(_STREAM_END)] + b"\n" + _STREAM_END
        out += part
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(offsets) + 1)
    out += b"".join(b"%010d 00000 n \n" % offsets[number] for number in sorted(offsets))
    trailer = data[data.index(b"trailer\n", table_at) : data.rindex(b"startxref")]
    return bytes(out + trailer + b"startxref\n%d\n%%%%EOF\n" % table)


@lru_cache(maxsize=1)
def _srgb() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
