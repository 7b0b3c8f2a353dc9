// Writing a document: drafts that survive everything, rules while typing, the exact preview, sealing into the
// outbox.
#pragma once

#include "core/services/Profile.h"
#include "core/services/Types.h"

#include <functional>

namespace naru::services {

class ComposeService {
public:
    explicit ComposeService(Profile::Internals &internals);

    struct NewOptions {
        QString fromDocument{}; // id of a stored document to take content from (each value keeps that source)
        QString inReplyTo{}; // id of the document being answered
        QString replaces{}; // id of our own sent document that this one replaces
        bool withHandOver = true; // start from what the EMR handed over
    };
    // The document id is fixed here. Header filled from clinic, user and patient.
    base::Result<Draft> create(clinical::Form form, const PatientKey &patient, const NewOptions &options);
    base::Result<Draft> create(clinical::Form form, const PatientKey &patient)
    {
        return create(form, patient, {});
    }
    base::Result<Draft> open(const DraftId &id);
    // Journals the edit (call at most every 2 s while typing, and on every pause); durable when it returns.
    // What others attached meanwhile and `draft.seen` does not name stays in the stored draft.
    base::Status save(const Draft &draft);
    // Changes what is stored, whoever else has the draft open; nothing is saved where `change` says false.
    base::Result<Draft> amend(const DraftId &id, const std::function<bool(clinical::Document &)> &change);
    // The user closed the editor on purpose; what remains is a normal draft, not one to recover.
    base::Status close(const DraftId &id);
    base::Status discard(const DraftId &id);
    std::vector<DraftRow> list(bool everyone = false);
    // Drafts left behind by a program that died, with what its last save and its journal differ in.
    std::vector<DraftRow> recoverable();
    base::Result<std::vector<FieldDifference>> recoveryDifference(const DraftId &id);
    base::Status recover(const DraftId &id, bool useJournal);

    // Rules on the values; fast enough for every keystroke (< 5 ms).
    std::vector<clinical::RuleProblem> check(const clinical::Document &document);
    // Writes, reads back, checks the bytes. The time stamp is the draft's; sealing fixes it.
    base::Result<Preview> preview(const clinical::Document &document);
    // Values of this patient's earlier documents for a section, for "pull from previous document".
    base::Result<clinical::Content> contentOf(const QString &documentId);

    struct Sealed {
        OutboxId outbox{};
        QString documentId{};
        QString sha256{};
    };
    // Consent and rules are checked again; bytes, ids and hashes are committed in state Held (recall possible
    // for the site's hold time). expectedSha256 is the preview's, computed for the sealed time stamp by
    // sealPreview(); a mismatch is an error (services.PreviewChanged). Use sealPreview() then send().
    base::Result<Preview> sealPreview(const DraftId &id);
    base::Result<Sealed> send(
        const DraftId &id, const QString &expectedSha256, const clinical::EmergencyException &exception = {});

    // Fills a draft from JSON, the shape of `naructl document new --from`: any member of clinical::Content,
    // plus "recipient"
    // {"institution": OID or name, "department": code, "doctor": name}. Unknown members are an error that
    // names them.
    base::Result<Draft> applyJson(const DraftId &id, const QByteArray &json);
    // Sends finished CDA R2 bytes made elsewhere, unchanged; the header must name this patient. `replaces` as
    // in NewOptions.
    base::Result<Sealed> sendBytes(
        const PatientKey &patient, const QByteArray &cda, const QString &replaces = {});

    // Institutions by name, initial consonants or English-keyboard slip; participants first, recent first.
    std::vector<clinical::Institution> institutions(const QString &query, int limit = 20);
    base::Result<clinical::Institution> institution(const QString &oid);

private:
    base::Result<clinical::Document> lastSave(const DraftId &id);

    Profile::Internals &m;
};

} // namespace naru::services
