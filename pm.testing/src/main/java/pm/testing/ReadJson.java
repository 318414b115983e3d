package pm.testing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads JSON back into maps, lists and plain values; the same name twice in one object is refused. */
public final class ReadJson {
    private ReadJson() {}

    /**
     * One object, and nothing behind it.
     *
     * @throws UncheckedIOException when it is no such thing
     */
    @SuppressWarnings("unchecked")
    public static Map<String, Object> object(String text) {
        JsonFactory strict = JsonFactory.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .build();
        try (JsonParser json = strict.createParser(text)) {
            Map<String, Object> value = (Map<String, Object>) value(json, json.nextToken());
            if (json.nextToken() != null) {
                throw new IOException("more than one value in: " + text);
            }
            return value;
        } catch (IOException e) {
            throw new UncheckedIOException("Could not read JSON: " + text, e);
        }
    }

    private static Object value(JsonParser json, JsonToken first) throws IOException {
        switch (first) {
            case START_OBJECT -> {
                Map<String, Object> fields = new LinkedHashMap<>();
                for (String name = json.nextFieldName(); name != null; name = json.nextFieldName()) {
                    fields.put(name, value(json, json.nextToken()));
                }
                return fields;
            }
            case START_ARRAY -> {
                List<Object> items = new ArrayList<>();
                for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
                    items.add(value(json, token));
                }
                return items;
            }
            case VALUE_NUMBER_INT -> {
                return json.getLongValue();
            }
            case VALUE_NUMBER_FLOAT -> {
                return json.getDoubleValue();
            }
            case VALUE_TRUE, VALUE_FALSE -> {
                return json.getBooleanValue();
            }
            case VALUE_NULL -> {
                return null;
            }
            default -> {
                return json.getText();
            }
        }
    }
}
