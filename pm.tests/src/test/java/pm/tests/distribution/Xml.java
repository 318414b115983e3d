package pm.tests.distribution;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Elements of an XML file, by their names. */
final class Xml {
    private Xml() {}

    static Element read(Path file) throws Exception {
        try (InputStream input = Files.newInputStream(file)) {
            return DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(input)
                    .getDocumentElement();
        }
    }

    /** All below an element, at any depth. */
    static Stream<Element> below(Element parent, String name) {
        NodeList found = parent.getElementsByTagName(name);
        return IntStream.range(0, found.getLength()).mapToObj(found::item).map(Element.class::cast);
    }

    static List<String> texts(Element parent, String name) {
        return below(parent, name)
                .map(element -> element.getTextContent().strip())
                .toList();
    }
}
