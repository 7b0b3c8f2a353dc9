// The body of the exchange forms as values, one struct per kind of entry. Every entry knows its source.
#pragma once

#include "core/clinical/Coded.h"

namespace naru::clinical {

struct Problem {
    CodedValue code{}; // KCD, translation KOSTOM
    base::Timestamp onset{}; // 진단일자
    QString severity{}; // 중증도 (전원)
    bool main = false; // 주상병
    Source source{};
    friend bool operator==(const Problem &, const Problem &) = default;
};

struct Medication {
    CodedValue code{}; // KD or EDI; translation[0] ATC
    base::Timestamp start{};
    QString doseValue{}; // decimal text as written: "500"
    QString doseUnit{};
    QString timesPerDay{};
    QString days{};
    QString usage{}; // 용법
    Source source{};
    friend bool operator==(const Medication &, const Medication &) = default;
};

struct LabResult {
    enum class Category { Specimen, Pathology, Radiology, Functional };
    Category category = Category::Specimen;
    CodedValue code{}; // EDI / LOINC
    QString item{}; // 세부검사명
    base::Timestamp time{};
    QString value{}; // decimal text or words
    QString unit{}; // UCUM where known
    QString referenceRange{}; // as the laboratory prints it
    QString interpretation{}; // H L N ... (observationInterpretation)
    QString laboratory{};
    QString viewerUrl{}; // radiology: web PACS
    QString accessionNumber{};
    QString kosUid{};
    Source source{};
    friend bool operator==(const LabResult &, const LabResult &) = default;
};

struct Procedure {
    CodedValue code{}; // ICD-9-CM, translation KOSTOM
    base::Timestamp time{};
    CodedValue diagnosis{}; // 수술 후 진단명
    QString anaesthesia{};
    QString note{};
    Source source{};
    friend bool operator==(const Procedure &, const Procedure &) = default;
};

struct Allergy {
    CodedValue kind{}; // 유형 (KOSTOM)
    CodedValue agent{}; // 알러지명 / 약품
    QString reaction{};
    base::Timestamp time{};
    Source source{};
    friend bool operator==(const Allergy &, const Allergy &) = default;
};

struct Immunization {
    CodedValue code{};
    base::Timestamp time{};
    QString dose{}; // 차수
    Source source{};
    friend bool operator==(const Immunization &, const Immunization &) = default;
};

struct VitalSign {
    CodedValue code{}; // LOINC 8302-2, 3141-9, 8480-6, 8462-4, 8310-5, 8867-4
    base::Timestamp time{};
    QString value{};
    QString unit{};
    Source source{};
    friend bool operator==(const VitalSign &, const VitalSign &) = default;
};

struct InfectiousDisease {
    CodedValue code{};
    base::Timestamp onset{}, reported{}, diagnosed{};
    QString classification{}, admitted{}, testResult{}, region{};
    Source source{};
    friend bool operator==(const InfectiousDisease &, const InfectiousDisease &) = default;
};

struct SocialHistory {
    CodedValue smoking{}, drinking{};
    QString note{};
    Source source{};
    bool isEmpty() const { return smoking.isEmpty() && drinking.isEmpty() && note.isEmpty(); }
    friend bool operator==(const SocialHistory &, const SocialHistory &) = default;
};

struct ImageReading {
    base::Timestamp examined{}, read{};
    QString reader{};
    CodedValue code{};
    QString findings{}, conclusion{};
    QString imageUrl{}, studyUid{}, seriesUid{}, sopUid{};
    Source source{};
    friend bool operator==(const ImageReading &, const ImageReading &) = default;
};

struct TransferDetails { // 전원
    base::Timestamp arrived{}, transferred{};
    QString transport{}, vehicle{}, escort{};
    bool isEmpty() const { return *this == TransferDetails{}; }
    friend bool operator==(const TransferDetails &, const TransferDetails &) = default;
};

// Free text of a section, with its source.
struct Text {
    QString text{};
    Source source{};
    bool isEmpty() const { return text.trimmed().isEmpty(); }
    friend bool operator==(const Text &, const Text &) = default;
};

// The six positions of the insurer's relay string (korea-documents 9.1). Codes are "01".. or free text after
// 기타.
struct RelayReason {
    QString status{}, clinical{}, nonClinical{}, transferType{}, transferClinical{}, transferNonClinical{};
    bool isEmpty() const { return *this == RelayReason{}; }
    friend bool operator==(const RelayReason &, const RelayReason &) = default;
};

struct Content {
    std::vector<Problem> problems{};
    std::vector<Medication> medications{};
    std::vector<Medication> dischargeMedications{};
    std::vector<LabResult> labs{};
    std::vector<Procedure> procedures{};
    std::vector<Allergy> allergies{};
    std::vector<Immunization> immunizations{};
    std::vector<VitalSign> vitals{};
    std::vector<InfectiousDisease> infections{};
    std::vector<ImageReading> readings{};
    SocialHistory social{};
    TransferDetails transfer{};
    RelayReason relay{};
    Text reason{}; // 의뢰/회송/전원 사유
    Text opinion{}; // 소견 및 주의사항
    Text history{}; // 과거병력
    Text keyResults{}; // 주요 검사결과
    Text plan{}; // 예약정보, 향후 치료방침
    friend bool operator==(const Content &, const Content &) = default;
};

} // namespace naru::clinical
