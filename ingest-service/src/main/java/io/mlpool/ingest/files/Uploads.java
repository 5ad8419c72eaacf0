package io.mlpool.ingest.files;

import io.mlpool.errors.InvalidRequestException;
import io.mlpool.ingest.IngestReport;
import io.mlpool.ingest.Ingestion;
import io.mlpool.ingest.Payload;
import io.mlpool.ingest.UnreadablePayloadException;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.multipart.MultipartFile;

/** Takes in a file that is sent, and answers with what became of it. */
@RestController
@Tag(name = "uploads")
class Uploads {

    private final Ingestion ingestion;

    Uploads(Ingestion ingestion) {
        this.ingestion = ingestion;
    }

    @PostMapping(path = "/uploads", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    IngestReport upload(
            @RequestParam MultipartFile file,
            @RequestParam(required = false) @Nullable String symbol,
            @RequestParam(required = false) @Nullable String asset,
            @RequestParam(name = "vs_currency", required = false) @Nullable String vsCurrency,
            @RequestParam(required = false) @Nullable String interval,
            @RequestParam(required = false) @Nullable String venue,
            @RequestParam(required = false) @Nullable String folder) {
        Map<String, String> hints = new HashMap<>();
        tell(hints, "symbol", symbol);
        tell(hints, "asset", asset);
        tell(hints, "vs_currency", vsCurrency);
        tell(hints, "interval", interval);
        tell(hints, "venue", venue);
        String name = folder == null || folder.isBlank()
                ? lastPart(file.getOriginalFilename())
                : lastPart(folder) + "/" + lastPart(file.getOriginalFilename());
        try {
            return ingestion.ingest(new Payload(FileSource.NAME, name, hints, file::getInputStream));
        } catch (UnreadablePayloadException e) {
            throw InvalidRequestException.of("unreadable_file", List.of("body", "file"), e.reason(), name);
        }
    }

    private static void tell(Map<String, String> hints, String name, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            hints.put(name, value.strip());
        }
    }

    /** Of a name or folder only the last part is kept; browsers and attackers send paths. */
    private static String lastPart(@Nullable String sent) {
        if (sent == null || sent.isBlank()) {
            return "upload";
        }
        String path = sent.replace('\\', '/');
        String name = path.substring(path.lastIndexOf('/') + 1);
        return name.substring(0, Math.min(200, name.length()));
    }
}
