package naru.interop;

import jakarta.activation.DataHandler;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import org.openehealth.ipf.commons.ihe.xds.core.metadata.Association;
import org.openehealth.ipf.commons.ihe.xds.core.metadata.AssociationType;
import org.openehealth.ipf.commons.ihe.xds.core.metadata.AvailabilityStatus;
import org.openehealth.ipf.commons.ihe.xds.core.metadata.Document;
import org.openehealth.ipf.commons.ihe.xds.core.metadata.DocumentEntry;
import org.openehealth.ipf.commons.ihe.xds.core.metadata.ObjectReference;
import org.openehealth.ipf.commons.ihe.xds.core.metadata.SubmissionSet;
import org.openehealth.ipf.commons.ihe.xds.core.metadata.TimeRange;
import org.openehealth.ipf.commons.ihe.xds.core.metadata.Timestamp;
import org.openehealth.ipf.commons.ihe.xds.core.requests.DocumentReference;
import org.openehealth.ipf.commons.ihe.xds.core.requests.ProvideAndRegisterDocumentSet;
import org.openehealth.ipf.commons.ihe.xds.core.requests.QueryRegistry;
import org.openehealth.ipf.commons.ihe.xds.core.requests.RetrieveDocumentSet;
import org.openehealth.ipf.commons.ihe.xds.core.requests.query.FindDocumentsQuery;
import org.openehealth.ipf.commons.ihe.xds.core.requests.query.GetDocumentsQuery;
import org.openehealth.ipf.commons.ihe.xds.core.requests.query.GetSubmissionSetAndContentsQuery;
import org.openehealth.ipf.commons.ihe.xds.core.requests.query.QueryReturnType;
import org.openehealth.ipf.commons.ihe.xds.core.responses.ErrorCode;
import org.openehealth.ipf.commons.ihe.xds.core.responses.ErrorInfo;
import org.openehealth.ipf.commons.ihe.xds.core.responses.QueryResponse;
import org.openehealth.ipf.commons.ihe.xds.core.responses.Response;
import org.openehealth.ipf.commons.ihe.xds.core.responses.RetrievedDocument;
import org.openehealth.ipf.commons.ihe.xds.core.responses.RetrievedDocumentSet;
import org.openehealth.ipf.commons.ihe.xds.core.responses.Severity;
import org.openehealth.ipf.commons.ihe.xds.core.responses.Status;

/** Registry and repository in memory: what was submitted, with the checks of ITI TF-3 4.2 that a replacement needs. */
final class Shelf {
    private record Content(byte[] bytes, String mimeType) {}

    private final String repository;
    private final Map<String, DocumentEntry> entries = new LinkedHashMap<>(); // by entryUUID
    private final Map<String, SubmissionSet> sets = new LinkedHashMap<>();
    private final List<Association> associations = new ArrayList<>();
    private final Map<String, Content> contents = new HashMap<>(); // by uniqueId

    Shelf(String repository) {
        this.repository = repository;
    }

    synchronized Response submit(ProvideAndRegisterDocumentSet request) throws Exception {
        Map<String, Content> arrived = new HashMap<>();
        for (Document document : request.getDocuments()) {
            DocumentEntry entry = document.getDocumentEntry();
            if (document.getDataHandler() == null)
                return refusal(ErrorCode.MISSING_DOCUMENT, entry.getUniqueId());
            byte[] bytes = document.getDataHandler().getInputStream().readAllBytes();
            String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
            if (entry.getHash() != null && !entry.getHash().equalsIgnoreCase(hash))
                return refusal(ErrorCode.NON_IDENTICAL_HASH, entry.getHash() + " is not " + hash);
            if (entry.getSize() != null && entry.getSize() != bytes.length)
                return refusal(ErrorCode.NON_IDENTICAL_SIZE, entry.getSize() + " is not " + bytes.length);
            if (contents.containsKey(entry.getUniqueId()))
                return refusal(ErrorCode.DUPLICATE_UNIQUE_ID_IN_REGISTRY, entry.getUniqueId());
            entry.setHash(hash);
            entry.setSize((long) bytes.length);
            arrived.put(entry.getUniqueId(), new Content(bytes, entry.getMimeType()));
        }
        SubmissionSet set = request.getSubmissionSet();
        if (sets.values().stream().anyMatch(known -> known.getUniqueId().equals(set.getUniqueId())))
            return refusal(ErrorCode.DUPLICATE_UNIQUE_ID_IN_REGISTRY, set.getUniqueId());
        for (Association association : request.getAssociations()) {
            if (!association.getAssociationType().isReplace())
                continue;
            DocumentEntry old = entries.get(association.getTargetUuid());
            if (old == null)
                return refusal(ErrorCode.UNRESOLVED_REFERENCE_EXCEPTION, association.getTargetUuid());
            if (old.getAvailabilityStatus() != AvailabilityStatus.APPROVED)
                return refusal(ErrorCode.REGISTRY_DEPRECATED_DOCUMENT_ERROR, association.getTargetUuid());
            if (!old.getPatientId().equals(set.getPatientId()))
                return refusal(ErrorCode.PATIENT_ID_DOES_NOT_MATCH, association.getTargetUuid());
        }
        register(request, set);
        contents.putAll(arrived);
        return new Response(Status.SUCCESS);
    }

    /** Symbolic ids become UUIDs; what is replaced becomes deprecated. */
    private void register(ProvideAndRegisterDocumentSet request, SubmissionSet set) {
        Map<String, String> real = new HashMap<>();
        Function<String, String> name = id -> id.startsWith("urn:uuid:") ? id : real.computeIfAbsent(id, any -> "urn:uuid:" + UUID.randomUUID());
        set.setEntryUuid(name.apply(set.getEntryUuid()));
        set.setAvailabilityStatus(AvailabilityStatus.APPROVED);
        sets.put(set.getEntryUuid(), set);
        for (Document document : request.getDocuments()) {
            DocumentEntry entry = document.getDocumentEntry();
            entry.setEntryUuid(name.apply(entry.getEntryUuid()));
            entry.setLogicalUuid(entry.getEntryUuid());
            entry.setAvailabilityStatus(AvailabilityStatus.APPROVED);
            entry.setRepositoryUniqueId(repository);
            entries.put(entry.getEntryUuid(), entry);
        }
        for (Association association : request.getAssociations()) {
            association.setEntryUuid(association.getEntryUuid() == null ? "urn:uuid:" + UUID.randomUUID() : name.apply(association.getEntryUuid()));
            association.setSourceUuid(name.apply(association.getSourceUuid()));
            association.setTargetUuid(name.apply(association.getTargetUuid()));
            association.setAvailabilityStatus(AvailabilityStatus.APPROVED);
            if (association.getAssociationType().isReplace())
                entries.get(association.getTargetUuid()).setAvailabilityStatus(AvailabilityStatus.DEPRECATED);
            associations.add(association);
        }
    }

    synchronized QueryResponse query(QueryRegistry request) {
        QueryResponse out = new QueryResponse(Status.SUCCESS);
        if (request.getQuery() instanceof FindDocumentsQuery find) {
            entries.values().stream().filter(entry -> matches(entry, find)).forEach(out.getDocumentEntries()::add);
        } else if (request.getQuery() instanceof GetDocumentsQuery get) {
            entries.values().stream().filter(entry -> contains(get.getUuids(), entry.getEntryUuid()) || contains(get.getUniqueIds(), entry.getUniqueId()))
                .forEach(out.getDocumentEntries()::add);
        } else if (request.getQuery() instanceof GetSubmissionSetAndContentsQuery get) {
            for (SubmissionSet set : sets.values())
                if (set.getEntryUuid().equals(get.getUuid()) || set.getUniqueId().equals(get.getUniqueId()))
                    addWithContents(set, out);
        } else {
            QueryResponse refused = new QueryResponse(Status.FAILURE);
            refused.getErrors().add(new ErrorInfo(ErrorCode.UNKNOWN_STORED_QUERY, request.getQuery().getType().getId(), Severity.ERROR, null, null));
            return refused;
        }
        return request.getReturnType() == QueryReturnType.OBJECT_REF ? references(out) : out;
    }

    private void addWithContents(SubmissionSet set, QueryResponse out) {
        out.getSubmissionSets().add(set);
        for (Association association : associations) {
            if (association.getAssociationType() != AssociationType.HAS_MEMBER || !association.getSourceUuid().equals(set.getEntryUuid()))
                continue;
            out.getAssociations().add(association);
            if (entries.containsKey(association.getTargetUuid()))
                out.getDocumentEntries().add(entries.get(association.getTargetUuid()));
        }
    }

    private static QueryResponse references(QueryResponse full) {
        QueryResponse out = new QueryResponse(Status.SUCCESS);
        full.getDocumentEntries().forEach(entry -> out.getReferences().add(new ObjectReference(entry.getEntryUuid())));
        full.getSubmissionSets().forEach(set -> out.getReferences().add(new ObjectReference(set.getEntryUuid())));
        full.getAssociations().forEach(association -> out.getReferences().add(new ObjectReference(association.getEntryUuid())));
        return out;
    }

    synchronized RetrievedDocumentSet retrieve(RetrieveDocumentSet request) throws IOException {
        List<RetrievedDocument> found = new ArrayList<>();
        List<ErrorInfo> errors = new ArrayList<>();
        for (DocumentReference wanted : request.getDocuments()) {
            Content content = contents.get(wanted.getDocumentUniqueId());
            if (!repository.equals(wanted.getRepositoryUniqueId()))
                errors.add(new ErrorInfo(ErrorCode.UNKNOWN_REPOSITORY_ID, wanted.getRepositoryUniqueId(), Severity.ERROR, null, null));
            else if (content == null)
                errors.add(new ErrorInfo(ErrorCode.DOCUMENT_UNIQUE_ID_ERROR, wanted.getDocumentUniqueId(), Severity.ERROR, null, null));
            else
                found.add(new RetrievedDocument(new DataHandler(new ByteArrayDataSource(content.bytes(), content.mimeType())), wanted, null, null, content.mimeType()));
        }
        RetrievedDocumentSet out = new RetrievedDocumentSet(errors.isEmpty() ? Status.SUCCESS : found.isEmpty() ? Status.FAILURE : Status.PARTIAL_SUCCESS, found);
        out.getErrors().addAll(errors);
        return out;
    }

    private static Response refusal(ErrorCode code, String context) {
        Response out = new Response(Status.FAILURE);
        out.getErrors().add(new ErrorInfo(code, context, Severity.ERROR, null, null));
        return out;
    }

    private static boolean matches(DocumentEntry entry, FindDocumentsQuery find) {
        return entry.getPatientId().equals(find.getPatientId()) && allows(find.getStatus(), entry.getAvailabilityStatus())
            && allows(find.getTypeCodes(), entry.getTypeCode()) && allows(find.getClassCodes(), entry.getClassCode())
            && allows(find.getFormatCodes(), entry.getFormatCode()) && within(find.getCreationTime(), entry.getCreationTime());
    }

    /** No list means no condition. Codes are compared without their display names. */
    private static <T> boolean allows(List<T> wanted, T value) {
        return wanted == null || wanted.isEmpty() || wanted.stream().anyMatch(one -> key(one).equals(key(value)));
    }

    private static Object key(Object value) {
        return value instanceof org.openehealth.ipf.commons.ihe.xds.core.metadata.Code code ? code.getSchemeName() + "|" + code.getCode() : value;
    }

    private static boolean within(TimeRange range, Timestamp time) {
        return range == null || (range.getFrom() == null || !time.getDateTime().isBefore(range.getFrom().getDateTime()))
            && (range.getTo() == null || time.getDateTime().isBefore(range.getTo().getDateTime()));
    }

    private static boolean contains(List<String> list, String value) {
        return list != null && list.contains(value);
    }
}
