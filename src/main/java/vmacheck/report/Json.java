package vmacheck.report;

import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Records as JSON: their components in the order in which they are declared.
public final class Json {
    private Json() {}

    public static String print(Object value) {
        // Made anew each time: it is needed once in a run, if at all, and must not slow down the start.
        JsonMapper mapper = JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
                .build();
        return mapper.writeValueAsString(value);
    }
}
