// HL7 v3 message wrappers and the demographics part, as PIX and PDQ use them (IHE ITI TF-2 3.44 to 3.47,
// appendix O).
#pragma once

#include "app/practice/mpi/Mpi.h"
#include "app/practice/soap/Soap.h"

namespace naru::practice {

struct V3Context {
    QString sender{}; // OID of the device that answers
    QString authority{}; // patientIdAuthority
};

// What an answer has to say about the request.
struct V3Ack {
    QString type{}; // AA AE
    QString code{}; // "204" unknown key identifier, ...; empty without a detail
    QString text{}; // English, no patient data
};

clinical::Identifier readId(const base::XmlElement &element);
QString readPersonName(const base::XmlElement &name, QString *family = nullptr, QString *given = nullptr);
// registrationEvent/subject1/patient; resident numbers are split off the ids.
PersonFeed readFeed(const base::XmlElement &message);

// Message element with wrapper, acknowledgement and whatever `control` writes (may be empty).
void writeMessage(QXmlStreamWriter &xml, const QString &interaction, const base::XmlElement &request,
    const V3Context &context, const V3Ack &ack, const BodyWriter &control);
void writeId(QXmlStreamWriter &xml, const clinical::Identifier &id);
void writeCode(QXmlStreamWriter &xml, const char *element, const QString &code);
void writePerson(QXmlStreamWriter &xml, const Person &person, bool demographics);
// Who answers for the entry of the index; MFMI_MT700711UV01 demands it behind subject1.
void writeCustodian(QXmlStreamWriter &xml, const V3Context &context);
// The request's own element (queryByParameter), copied.
void copyElement(QXmlStreamWriter &xml, const base::XmlElement &element);

} // namespace naru::practice
