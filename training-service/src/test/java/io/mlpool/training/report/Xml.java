package io.mlpool.training.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** What is in a drawing or a page, as a browser would read it. */
public final class Xml {

    private final Document document;

    private Xml(Document document) {
        this.document = document;
    }

    /** Parses a text that must be well-formed. */
    public static Xml of(String text) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            return new Xml(factory.newDocumentBuilder()
                    .parse(new InputSource(new StringReader(text.replace("<!DOCTYPE html>", "")))));
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new AssertionError("not well-formed: " + e.getMessage(), e);
        }
    }

    /** Nothing in it is fetched or run. */
    public static void assertSelfContained(String text) {
        assertThat(text.replace("http://www.w3.org/", ""))
                .doesNotContain("http:", "https:", "<script", "@import", "<link", "<image", "javascript:", "<iframe")
                .doesNotContainPattern("\\son[a-z]+=")
                .doesNotContainPattern("url\\((?!#)");
    }

    public int count(String element) {
        return document.getElementsByTagName(element).getLength();
    }

    /** All that is written in elements of this name. */
    public List<String> texts(String element) {
        NodeList nodes = document.getElementsByTagName(element);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            texts.add(nodes.item(i).getTextContent().strip());
        }
        return texts;
    }

    /** Values of an attribute, in the order of the document. */
    public List<String> values(String attribute) {
        NodeList nodes = document.getElementsByTagName("*");
        List<String> values = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            if (nodes.item(i) instanceof Element element && element.hasAttribute(attribute)) {
                values.add(element.getAttribute(attribute));
            }
        }
        return values;
    }
}
