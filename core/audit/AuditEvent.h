// One audit record as ATNA and DICOM PS3.15 A.5 mean it, plus the fields of a Korean access log. Values only.
#pragma once

#include "core/base/Clock.h"

#include <QByteArray>
#include <QDateTime>
#include <QString>
#include <vector>

namespace naru::audit {

// csd-code, codeSystemName and originalText are all required by the schema.
struct EventCode {
    QString code{};
    QString system{}; // "DCM", "IHE Transactions", "NARU", or an OID
    QString text{};
    bool isEmpty() const { return code.isEmpty(); }
    friend bool operator==(const EventCode &, const EventCode &) = default;
};

// EventOutcomeIndicator. Minor: the request failed (a refusal, nothing sent); Serious: security relevant.
enum class Outcome { Success = 0, MinorFailure = 4, SeriousFailure = 8, MajorFailure = 12 };

struct ActiveParticipant {
    QString userId{}; // account, or the endpoint URL / WS-Addressing reply address of a system
    QString alternativeUserId{}; // process id of our side
    QString userName{};
    bool requestor = false;
    QString networkAccessPoint{};
    int networkAccessPointType = 0; // 1 machine name, 2 IP address, 5 URI; 0 leaves both attributes out
    std::vector<EventCode> roles{};
    EventCode mediaType{}; // empty: no MediaIdentifier
    friend bool operator==(const ActiveParticipant &, const ActiveParticipant &) = default;
};

struct ObjectDetail {
    QString type{};
    QByteArray value{}; // raw; written as base64
    friend bool operator==(const ObjectDetail &, const ObjectDetail &) = default;
};

struct ParticipantObject {
    QString id{};
    int typeCode = 0; // 1 person, 2 system object, 3 organization, 4 other; 0: attribute left out
    int role = 0; // 1 patient, 3 report, 20 job, 24 query ...; 0: attribute left out
    int lifeCycle = 0; // 0: attribute left out
    QString sensitivity{};
    EventCode idType{};
    QString name{}; // either name or query
    QByteArray query{}; // raw; written as base64
    std::vector<ObjectDetail> details{};
    friend bool operator==(const ParticipantObject &, const ParticipantObject &) = default;
};

struct AuditSource {
    QString sourceId{}; // required
    QString enterpriseSiteId{};
    std::vector<QString> typeCodes{QStringLiteral("1")}; // end-user display device
    friend bool operator==(const AuditSource &, const AuditSource &) = default;
};

struct AuditEvent {
    QString uuid{}; // lower case without braces; stable over every resend
    QDateTime time{}; // UTC, milliseconds
    EventCode eventId{};
    QString action{}; // C R U D E
    Outcome outcome = Outcome::Success;
    QString outcomeDescription{}; // an error code such as "net.Timeout", never patient data
    std::vector<EventCode> types{};
    std::vector<EventCode> purposeOfUse{};
    std::vector<ActiveParticipant> participants{};
    AuditSource source{};
    std::vector<ParticipantObject> objects{};

    // Access log (개인정보의 안전성 확보조치 기준, 접속기록): 계정, 접속지, 처리한 정보주체, 수행업무. Kept
    // locally for two years.
    QString act{}; // row of tables/events.tsv, e.g. "patient.view"
    QString account{};
    QString place{}; // host name or address of the workstation
    QString subject{}; // pseudonymous patient key, "-" when no patient was involved
    QString reason{}; // given by the user: download, print, emergency
    friend bool operator==(const AuditEvent &, const AuditEvent &) = default;
};

} // namespace naru::audit
