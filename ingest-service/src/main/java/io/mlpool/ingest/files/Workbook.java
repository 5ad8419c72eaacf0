package io.mlpool.ingest.files;

import io.mlpool.ingest.UnreadablePayloadException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** The first sheet of an XLSX workbook (ECMA-376), as Bitget packs its downloads: text and numbers, no formulas, no dates. */
final class Workbook implements Table {

    private static final int LARGEST = 64 << 20;
    private static final XMLInputFactory XML = XMLInputFactory.newFactory();

    static {
        XML.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        XML.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    }

    private final List<String> strings;
    private final XMLStreamReader sheet;
    private long lines;
    private @Nullable String damage;

    private Workbook(List<String> strings, XMLStreamReader sheet) {
        this.strings = strings;
        this.sheet = sheet;
    }

    /** Whether a zip that begins so is a workbook: its first file is one of the parts that every workbook has. */
    static boolean isOne(byte[] head) {
        String names = new String(head, StandardCharsets.ISO_8859_1);
        return names.startsWith("PK\3\4")
                && (names.startsWith("[Content_Types].xml", 30)
                        || names.startsWith("_rels/", 30)
                        || names.startsWith("docProps/", 30)
                        || names.startsWith("xl/", 30));
    }

    /** @throws UnreadablePayloadException when it is too large, or damaged before its first cell */
    static Workbook read(String payload, InputStream in) throws IOException {
        byte[] bytes = atMost(LARGEST, payload, in);
        try {
            byte[] shared = part(payload, bytes, "xl/sharedStrings.xml");
            byte[] sheet = part(payload, bytes, "xl/worksheets/sheet1.xml");
            return new Workbook(sharedStrings(shared), XML.createXMLStreamReader(new ByteArrayInputStream(sheet)));
        } catch (XMLStreamException e) {
            throw new UnreadablePayloadException(payload, damaged(e));
        }
    }

    @Override
    public Optional<String> damage() {
        return Optional.ofNullable(damage);
    }

    @Override
    public @Nullable Line next() {
        if (damage != null) {
            return null;
        }
        try {
            List<String> cells = new ArrayList<>();
            String type = "";
            while (sheet.hasNext()) {
                int event = sheet.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    switch (sheet.getLocalName()) {
                        case "c" -> {
                            type = String.valueOf(sheet.getAttributeValue(null, "t"));
                            padTo(cells, column(sheet.getAttributeValue(null, "r"), cells.size()));
                        }
                        case "v" -> cells.add(value(type, sheet.getElementText()));
                        case "t" -> cells.add(sheet.getElementText());
                        default -> {}
                    }
                } else if (event == XMLStreamConstants.END_ELEMENT
                        && sheet.getLocalName().equals("row")) {
                    return Line.of(++lines, cells);
                }
            }
            return null;
        } catch (XMLStreamException e) {
            damage = damaged(e);
            return null;
        }
    }

    private String value(String type, String text) throws XMLStreamException {
        if (!type.equals("s")) {
            return text;
        }
        try {
            return strings.get(Integer.parseInt(text.strip()));
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw new XMLStreamException("there is no shared text number '%s'".formatted(text), e);
        }
    }

    private static void padTo(List<String> cells, int column) {
        while (cells.size() < column) {
            cells.add("");
        }
    }

    /** Column of a cell reference, {@code C7} is 2; cells without one follow each other. */
    private static int column(@Nullable String reference, int otherwise) {
        if (reference == null) {
            return otherwise;
        }
        int column = 0;
        for (int i = 0; i < reference.length() && Character.isLetter(reference.charAt(i)) && column < 64; i++) {
            column = column * 26 + (reference.charAt(i) - 'A' + 1);
        }
        return Math.min(column - 1, 64);
    }

    private static List<String> sharedStrings(byte[] xml) throws XMLStreamException {
        List<String> strings = new ArrayList<>();
        if (xml.length == 0) {
            return strings;
        }
        XMLStreamReader reader = XML.createXMLStreamReader(new ByteArrayInputStream(xml));
        StringBuilder text = new StringBuilder();
        while (reader.hasNext()) {
            int event = reader.next();
            if (event == XMLStreamConstants.START_ELEMENT
                    && reader.getLocalName().equals("t")) {
                text.append(reader.getElementText());
            } else if (event == XMLStreamConstants.END_ELEMENT
                    && reader.getLocalName().equals("si")) {
                strings.add(text.toString());
                text.setLength(0);
            }
        }
        return strings;
    }

    private static byte[] part(String payload, byte[] workbook, String name) throws IOException {
        ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(workbook));
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            if (entry.getName().equals(name)) {
                return atMost(4 * LARGEST, payload, zip);
            }
        }
        return new byte[0];
    }

    private static byte[] atMost(int largest, String payload, InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(largest + 1);
        if (bytes.length > largest) {
            throw new UnreadablePayloadException(
                    payload, "a workbook or its sheet is larger than %d bytes; export it as CSV".formatted(largest));
        }
        return bytes;
    }

    private static String damaged(XMLStreamException e) {
        return "the workbook is damaged: " + e.getMessage();
    }
}
