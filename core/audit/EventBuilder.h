// Builds the events of this product. What each act means in DICOM and IHE codes is a row of
// tables/events.tsv; an event can be built from an incomplete request as well, because a failed attempt is
// audited too (empty fields are left out or "-").
#pragma once

#include "core/audit/AuditEvent.h"
#include "core/base/Result.h"

#include <QStringList>

namespace naru::audit {

// What is the same for every event of one session.
struct Session {
    base::ClockPtr clock{}; // the system's when empty
    QString account{}; // empty before login; then "-"
    QString userName{};
    QString roleCode{}; // "doctor" ...
    QString host{}; // machine name
    QString processId{};
    QString sourceId{}; // AuditSourceID: the institution's OID or host
    QString enterpriseSiteId{};
};

// The other end of a transaction.
struct Peer {
    QString endpoint{}; // URL; UserID of the destination, its host becomes the network access point
    QString replyTo{}; // our WS-Addressing reply address; UserID of the source when given
    friend bool operator==(const Peer &, const Peer &) = default;
};

struct SubmissionFacts { // ITI-41, ITI-57
    QString submissionSetUniqueId{};
    QStringList documentUniqueIds{};
    QString repositoryUniqueId{};
};

struct RetrievedDocument { // ITI-43
    QString documentUniqueId{};
    QString repositoryUniqueId{};
    QString homeCommunityId{};
};

struct QueryFacts { // ITI-18, 45, 47
    QString queryId{}; // stored query UUID (ITI-18), message id otherwise
    QByteArray query{}; // the request as sent (query element); may hold identifiers, so it is sealed at rest
    QString homeCommunityId{};
    QString messageId{};
};

class EventBuilder {
public:
    explicit EventBuilder(Session session)
        : m_session(std::move(session))
    {
    }
    const Session &session() const { return m_session; }

    // Any act of tables/events.tsv; `object` is what was acted upon (draft id, setting key, document id), may
    // be empty.
    AuditEvent act(const QString &act, const QString &subject = {}, const QString &object = {},
        Outcome outcome = Outcome::Success, const QString &errorCode = {}) const;

    // Patients. exchangeCx is the id in CX form as the transaction carried it; empty when unknown.
    AuditEvent patientViewed(const QString &subject, const QString &exchangeCx) const;
    AuditEvent documentsExported(const SubmissionFacts &facts, const QString &subject,
        const QString &exchangeCx, const Peer &peer, Outcome outcome,
        const QString &errorCode = {}) const; // ITI-41
    AuditEvent documentsUpdated(const SubmissionFacts &facts, const QString &subject,
        const QString &exchangeCx, const Peer &peer, Outcome outcome,
        const QString &errorCode = {}) const; // ITI-57
    AuditEvent documentsImported(const std::vector<RetrievedDocument> &documents, const QString &subject,
        const QString &exchangeCx, const Peer &peer, Outcome outcome,
        const QString &errorCode = {}) const; // ITI-43
    // act: "image.fetch", images of a study taken over from an imaging source (RAD-69, RAD-107), one record a
    // study; "image.share", stored in the archive of the exchange (RAD-108), one record a study and attempt.
    AuditEvent images(const QString &act, const QString &studyUid, const QString &subject,
        const QString &exchangeCx, const Peer &peer, Outcome outcome, const QString &errorCode = {}) const;
    // act: "query.iti18" "query.iti45" "query.iti47"
    AuditEvent queried(const QString &act, const QueryFacts &facts, const QString &subject,
        const QString &exchangeCx, const Peer &peer, Outcome outcome, const QString &errorCode = {}) const;
    // act: "patient.iti44.add" "patient.iti44.revise"; one patient an event (CP-ITI).
    AuditEvent patientFed(const QString &act, const QString &messageId, const QString &subject,
        const QString &exchangeCx, const Peer &peer, Outcome outcome, const QString &errorCode = {}) const;
    // act: "consent.give" "consent.withdraw" "consent.emergency"
    AuditEvent consent(const QString &act, const QString &subject, const QString &consentId,
        const QString &reason, Outcome outcome = Outcome::Success, const QString &errorCode = {}) const;
    // act: "login" "logout" "lock" "unlock" "login.failure"
    AuditEvent login(const QString &act, const QString &account, Outcome outcome = Outcome::Success,
        const QString &errorCode = {}) const;
    // act: "document.open" "document.print" "document.export"; reason is asked from the user for print and
    // export.
    AuditEvent documentUsed(const QString &act, const QString &subject, const QString &documentUniqueId,
        const QString &reason = {}) const;

    // Every act known, in table order, for pickers and tests.
    static QStringList acts();
    static QString actTitleKo(const QString &act);
    static QString actTitleEn(const QString &act);

private:
    AuditEvent start(
        const QString &act, const QString &subject, Outcome outcome, const QString &errorCode) const;
    ActiveParticipant user() const;
    AuditEvent submitted(const QString &act, const SubmissionFacts &facts, const QString &subject,
        const QString &exchangeCx, const Peer &peer, Outcome outcome, const QString &errorCode) const;
    void addEnds(AuditEvent &event, const Peer &peer, bool weAreSource) const;
    Session m_session{};
};

} // namespace naru::audit
