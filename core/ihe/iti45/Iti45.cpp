#include "core/ihe/iti45/Iti45.h"

#include "core/ihe/hl7v3/V3Message.h"

namespace naru::ihe {

const TransactionInfo Iti45::info{"ITI-45", "urn:hl7-org:v3:PRPA_IN201309UV02",
    "urn:hl7-org:v3:PRPA_IN201310UV02", false, true, false, TransactionRecord::Kind::Query, 'E'};

base::Status Iti45::validate(const Question &question)
{
    NARU_TRY(requireDevices(question.devices, question.created));
    if (question.patient.root.isEmpty() || question.patient.extension.isEmpty())
        return v3Incomplete(QStringLiteral("the patient identifier is missing"));
    return {};
}

base::Result<Outgoing> Iti45::encode(const Question &question)
{
    V3Writer xml("PRPA_IN201309UV02", question.devices, question.created, "AL");
    xml.startControlAct("PRPA_TE201309UV02");
    xml.start("queryByParameter");
    xml.id("queryId", question.devices.sender, question.queryId.isEmpty() ? newV3Id() : question.queryId);
    xml.code("statusCode", QStringLiteral("new"));
    xml.code("responsePriorityCode", QStringLiteral("I"));
    xml.start("parameterList");
    for (const QString &domain : question.domains) {
        xml.start("dataSource");
        xml.id("value", domain);
        xml.text("semanticsText", QStringLiteral("DataSource.id"));
        xml.end();
    }
    xml.start("patientIdentifier");
    xml.id("value", question.patient.root, question.patient.extension);
    xml.text("semanticsText", QStringLiteral("Patient.Id"));
    return Outgoing{xml.finish(), {}, {}};
}

base::Result<PixAnswer> Iti45::decode(const Question &, Received &&received)
{
    NARU_ASSIGN(V3Reply reply, readV3(std::move(received), true));
    PixAnswer out;
    out.deviations = reply.deviations;
    out.acknowledgement = reply.acknowledgement;
    for (const base::XmlElement *subject : reply.act()->all(QLatin1String("subject"))) {
        const base::XmlElement *patient = subject->path({"registrationEvent", "subject1", "patient"});
        if (!patient)
            continue;
        const PatientIdentity identity = readPatient(*patient);
        out.ids.insert(out.ids.end(), identity.ids.begin(), identity.ids.end());
    }
    out.found = !out.ids.empty();
    if (out.acknowledgement.queryResponse == QLatin1String("OK") && !out.found)
        out.deviations += QStringLiteral("OK without an identifier");
    return out;
}

std::vector<TransactionRecord> Iti45::audit(const Question &question, const Answer *)
{
    TransactionRecord record;
    record.patientIds = {question.patient.toCx()};
    record.queryId = question.queryId;
    if (base::Result<Outgoing> outgoing = encode(question))
        record.queryPayload = outgoing->body;
    return {record};
}

} // namespace naru::ihe
