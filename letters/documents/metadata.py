"""The PDF/UA-1 marker, inside the RDF that WeasyPrint writes for PDF/A.

PDF/A knows the marker's namespace only when an extension schema describes it (ISO 19005-3, 6.6.2.3.2), so the
description goes with it. The packet stays uncompressed, to be found by tools that do not parse PDF.
"""

import pydyf

_MARKER = b"""
<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="" pdfuaid:part="1"/>
<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
  xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#"
  rdf:about=""><pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
  <pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
  <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
  <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
  <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
    <pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
    <pdfaProperty:category>internal</pdfaProperty:category>
    <pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description>
  </rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>
"""
_END = b"</rdf:RDF>"


def mark_accessible(pdf: pydyf.PDF) -> None:
    """Add the PDF/UA-1 identification to the document's XMP packet."""
    packet = pdf.objects[int(pdf.catalog["Metadata"].split(None, 1)[0])]
    (xmp,) = packet.stream
    if xmp.count(_END) != 1:
        raise ValueError("WeasyPrint's XMP packet has another form than expected")
    packet.stream = [xmp.replace(_END, _MARKER + _END)]
    packet.compress = False
