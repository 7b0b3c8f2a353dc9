// People and institutions of a clinical document.
#pragma once

#include "core/clinical/Coded.h"

#include <QMap>
#include <optional>

namespace naru::clinical {

enum class Sex { Unknown, Male, Female, Undifferentiated };

QString sexToHl7(Sex sex); // "M" "F" "UN" ""
Sex sexFromText(const QString &text); // M F UN 남 여 1 2 male female ...; Unknown otherwise

struct Guardian {
    QString relation{}; // HL7 RoleCode: FTH MTH ... (value set guardianRelation)
    QString name{};
    QString phone{};
    Address address{};
    friend bool operator==(const Guardian &, const Guardian &) = default;
};

struct Patient {
    Identifier localId{}; // root = institution OID, extension = chart number
    Identifier exchangeId{}; // substitute key of the master patient index; empty until identified
    QString name{}; // whole, as people read it: "홍길동"
    Sex sex = Sex::Unknown;
    base::Timestamp birthDate{};
    QString phone{};
    Address address{};
    // Thirteen digits or empty. Never written into documents, logs, arguments or metadata; sealed at rest
    // (PIPA 24-2).
    QString residentNumber{};
    std::optional<Guardian> guardian{};
    QMap<QString, Source> sources{}; // by field: "name", "birthDate", ...

    int ageOn(QDate day) const; // completed years (만 나이); -1 when unknown
    friend bool operator==(const Patient &, const Patient &) = default;
};

// "610302-1******"; empty stays empty.
QString maskedResidentNumber(const QString &number);
// Korean names split family = first syllable, given = rest (two-syllable family names of the table kept
// whole); others at the last space.
std::pair<QString, QString> familyAndGiven(const QString &name);

struct Department {
    QString code{}; // as the CDA channel writes it: four digits, "0400"
    QString name{};
    friend bool operator==(const Department &, const Department &) = default;
};

struct Institution {
    QString oid{}; // 1.2.410.100110.10.<8-digit 요양기관기호>
    QString number{}; // 요양기관기호
    QString name{};
    QString phone{};
    Address address{};
    QString kind{}; // 상급종합병원, 종합병원, 병원, 의원 ...
    std::vector<Department> departments{};
    bool exchanges = false; // takes part in 진료정보교류
    bool relays = false; // takes part in the insurer's relay
    bool images = false; // exchanges CT/MRI
    friend bool operator==(const Institution &, const Institution &) = default;
};

struct Practitioner {
    QString userId{};
    QString licence{}; // 면허번호
    QString name{};
    QString phone{};
    Department department{};
    friend bool operator==(const Practitioner &, const Practitioner &) = default;
};

// Receiver of a document: institution, department, optionally a named doctor.
struct Recipient {
    Institution institution{};
    Department department{};
    Practitioner doctor{};
    friend bool operator==(const Recipient &, const Recipient &) = default;
};

struct Encounter {
    QString code = QStringLiteral("AMB"); // ActCode: AMB IMP EMER
    base::Timestamp start{};
    base::Timestamp end{};
    friend bool operator==(const Encounter &, const Encounter &) = default;
};

} // namespace naru::clinical
