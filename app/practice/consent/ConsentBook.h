// Who may see what: the state of consent of each patient, made only from BPPC documents that arrived (IHE ITI
// TF-3 5.1). The latest statement decides (by effectiveTime, then by arrival); a consent counts only while
// its document is approved, a withdrawal always.
#pragma once

#include "app/practice/db/Database.h"

#include <QSet>
#include <QString>

namespace naru::practice {

struct RegistryObject;
struct StoredObject;

// What one BPPC document says.
struct ConsentEvent {
    QString policy{}; // OID
    QString effective{}; // HL7 UTC, 14 digits, comparable as text
    QSet<QString> departments{}; // excluded, or withdrawn
    QSet<QString> institutions{}; // withdrawn
    bool concernsExchange = true; // false: of another programme (images, referral relay) alone
};

struct ConsentState {
    bool given = false;
    QSet<QString> departments{}; // excluded department codes
    QSet<QString> institutions{}; // institutions whose documents are withdrawn
};

// Who asks, from the client certificate.
struct Viewer {
    QString institution{}; // OID
    bool exchange = false; // the exchange's own certificate (repository to registry)
};

enum class Purpose {
    Find,
    Exact
}; // Exact: asked by the document's own id, as a submitter does to settle a doubt

class ConsentBook {
public:
    explicit ConsentBook(Database &db)
        : m_db(db)
    {
    }
    void record(const QString &patient, const QString &document, const ConsentEvent &event);
    ConsentState of(const QString &patient) const;
    // Documents by the rules of README.md; submission sets and folders follow the patient, associations are
    // left to the caller (both ends must be visible).
    bool maySee(const Viewer &viewer, const StoredObject &object, Purpose purpose) const;

private:
    Database &m_db;
};

// BPPC by class (formatCode urn:ihe:iti:bppc:2007 or typeCode 57016-8).
bool isConsentDocument(const RegistryObject &object);
// Emergency exception (의료법 21조의2 1항): typeCode kr-emergency or event code ETREAT or
// emergency-exception.
bool hasEmergencyMarker(const RegistryObject &object);

} // namespace naru::practice
