// Coded entries of each kind of section; every one points at its narrative row "#<rowId>".
#pragma once

#include "core/cda/write/XmlOut.h"
#include "core/clinical/Document.h"

namespace naru::cda {

void writeEntry(XmlOut &out, const clinical::Problem &problem, const QString &rowId);
void writeEntry(XmlOut &out, const clinical::Medication &medication, const QString &rowId);
void writeEntry(XmlOut &out, const clinical::LabResult &result, const QString &rowId);
void writeEntry(XmlOut &out, const clinical::Procedure &procedure, const QString &rowId);
void writeEntry(XmlOut &out, const clinical::Allergy &allergy, const QString &rowId);
void writeEntry(XmlOut &out, const clinical::Immunization &immunization, const QString &rowId);
void writeEntry(XmlOut &out, const clinical::InfectiousDisease &disease, const QString &rowId);
void writeEntry(XmlOut &out, const clinical::ImageReading &reading, const QString &rowId);
void writeEntry(XmlOut &out, const clinical::SocialHistory &history, const QString &rowId);
void writeEntry(XmlOut &out, const clinical::TransferDetails &transfer, const QString &rowId);
void writeEntry(XmlOut &out, const clinical::EmergencyException &exception, const QString &rowId);
// One organizer for all measurements; rows are "<sectionId>.<n>".
void writeVitals(XmlOut &out, const std::vector<clinical::VitalSign> &vitals, const QString &sectionId);
// The insurer's act of six positions (9.1).
void writeRelayAct(XmlOut &out, const clinical::RelayReason &relay);

} // namespace naru::cda
