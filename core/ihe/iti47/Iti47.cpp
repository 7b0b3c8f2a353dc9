#include "core/ihe/iti47/Iti47.h"

#include "core/ihe/hl7v3/V3Message.h"

namespace naru::ihe {

const TransactionInfo Iti47::info{"ITI-47", "urn:hl7-org:v3:PRPA_IN201305UV02",
    "urn:hl7-org:v3:PRPA_IN201306UV02", false, true, false, TransactionRecord::Kind::Query, 'E'};

clinical::Identifier newQueryId(const V3Devices &devices)
{
    return {devices.sender, newV3Id()};
}

base::Status Iti47::validate(const Question &question)
{
    NARU_TRY(requireDevices(question.devices, question.created));
    if (question.queryId.extension.isEmpty())
        return v3Incomplete(QStringLiteral("the query identifier is missing"));
    if (question.family.isEmpty() && question.given.isEmpty() && question.birthDate.isNull()
        && question.ids.empty() && question.phone.isEmpty())
        return v3Incomplete(QStringLiteral("nothing to search for"));
    return {};
}

namespace {
void parameter(V3Writer &xml, const char *element, const char *semantics, const std::function<void()> &value)
{
    xml.start(element);
    value();
    xml.text("semanticsText", QString::fromLatin1(semantics));
    xml.end();
}

// PRPA_MT201306UV02 parameterList, in the order of the schema.
void writeParameters(V3Writer &xml, const PdqQuestion &question)
{
    xml.start("parameterList");
    if (const QString sex = clinical::sexToHl7(question.sex); !sex.isEmpty())
        parameter(xml, "livingSubjectAdministrativeGender", "LivingSubject.administrativeGender",
            [&] { xml.code("value", sex); });
    if (!question.birthDate.isNull())
        parameter(xml, "livingSubjectBirthTime", "LivingSubject.birthTime",
            [&] { xml.value("value", question.birthDate.toHl7()); });
    for (const clinical::Identifier &id : question.ids)
        parameter(
            xml, "livingSubjectId", "LivingSubject.id", [&] { xml.id("value", id.root, id.extension); });
    if (!question.family.isEmpty() || !question.given.isEmpty())
        parameter(xml, "livingSubjectName", "LivingSubject.name",
            [&] { writeName(xml, "value", question.family, question.given); });
    for (const QString &domain : question.domains)
        parameter(xml, "otherIDsScopingOrganization", "OtherIDs.scopingOrganization.id",
            [&] { xml.id("value", domain); });
    if (!question.phone.isEmpty())
        parameter(xml, "patientTelecom", "Patient.telecom",
            [&] { xml.value("value", QStringLiteral("tel:") + question.phone); });
    xml.end();
}
} // namespace

base::Result<Outgoing> Iti47::encode(const Question &question)
{
    V3Writer xml("PRPA_IN201305UV02", question.devices, question.created, "AL");
    xml.startControlAct("PRPA_TE201305UV02");
    xml.start("queryByParameter");
    xml.id("queryId", question.queryId.root, question.queryId.extension);
    xml.code("statusCode", QStringLiteral("new"));
    xml.code("responseModalityCode", QStringLiteral("R"));
    xml.code("responsePriorityCode", QStringLiteral("I"));
    if (question.quantity > 0)
        xml.value("initialQuantity", QString::number(question.quantity));
    writeParameters(xml, question);
    return Outgoing{xml.finish(), {}, {}};
}

namespace {
int quantity(const base::XmlElement &acknowledgement, const char *name, int missing)
{
    const base::XmlElement *element = acknowledgement.child(QLatin1String(name));
    bool ok = false;
    const int value = element ? element->attribute(QLatin1String("value")).toInt(&ok) : 0;
    return ok && value >= 0 ? value : missing;
}

base::Result<PdqAnswer> readMatches(const clinical::Identifier &queryId, Received &&received)
{
    NARU_ASSIGN(V3Reply reply, readV3(std::move(received), true));
    PdqAnswer out;
    out.deviations = reply.deviations;
    out.acknowledgement = reply.acknowledgement;
    const base::XmlElement &act = *reply.act(); // there: readV3 found its queryResponseCode
    for (const base::XmlElement *subject : act.all(QLatin1String("subject"))) {
        if (const base::XmlElement *patient = subject->path({"registrationEvent", "subject1", "patient"}))
            out.patients.push_back(readPatient(*patient));
    }
    const base::XmlElement &acknowledgement = *act.child(QLatin1String("queryAck"));
    out.total = quantity(acknowledgement, "resultTotalQuantity", -1);
    out.remaining = quantity(acknowledgement, "resultRemainingQuantity", 0);
    if (const base::XmlElement *id = acknowledgement.child(QLatin1String("queryId"));
        id && !queryId.extension.isEmpty() && readId(*id).extension != queryId.extension)
        out.deviations += QStringLiteral("another queryId in the answer");
    return out;
}

Outgoing control(const ContinueQuestion &question, const char *statusCode)
{
    V3Writer xml("QUQI_IN000003UV01", question.devices, question.created, "AL");
    // The trigger event of a query continuation carries no subject (QUQI_MT000001UV01).
    xml.startControlAct("QUQI_TE000003UV01");
    xml.start("queryContinuation");
    xml.id("queryId", question.queryId.root, question.queryId.extension);
    if (question.quantity > 0)
        xml.value("continuationQuantity", QString::number(question.quantity));
    xml.code("statusCode", QString::fromLatin1(statusCode));
    return {xml.finish(), {}, {}};
}

base::Status validControl(const ContinueQuestion &question)
{
    NARU_TRY(requireDevices(question.devices, question.created));
    if (question.queryId.extension.isEmpty())
        return v3Incomplete(QStringLiteral("the query identifier is missing"));
    return {};
}

std::vector<TransactionRecord> queryRecord(
    const clinical::Identifier &queryId, const base::Result<Outgoing> &outgoing)
{
    TransactionRecord record;
    record.queryId = queryId.extension;
    if (outgoing)
        record.queryPayload = outgoing->body;
    return {record};
}
} // namespace

base::Result<PdqAnswer> Iti47::decode(const Question &question, Received &&received)
{
    return readMatches(question.queryId, std::move(received));
}

std::vector<TransactionRecord> Iti47::audit(const Question &question, const Answer *answer)
{
    std::vector<TransactionRecord> out = queryRecord(question.queryId, encode(question));
    if (answer) {
        for (const PatientIdentity &patient : answer->patients) {
            if (!patient.ids.empty())
                out.front().patientIds += patient.ids.front().toCx();
        }
    }
    return out;
}

const TransactionInfo Iti47Continue::info{"ITI-47", "urn:hl7-org:v3:QUQI_IN000003UV01_Continue",
    "urn:hl7-org:v3:PRPA_IN201306UV02", false, false, false, TransactionRecord::Kind::Query, 'E'};
const TransactionInfo Iti47Cancel::info{"ITI-47", "urn:hl7-org:v3:QUQI_IN000003UV01_Cancel",
    "urn:hl7-org:v3:MCCI_IN000002UV01", false, true, false, TransactionRecord::Kind::Query, 'E'};

base::Status Iti47Continue::validate(const Question &question)
{
    return validControl(question);
}
base::Result<Outgoing> Iti47Continue::encode(const Question &question)
{
    return control(question, "waitContinuedQueryResponse");
}
base::Result<PdqAnswer> Iti47Continue::decode(const Question &question, Received &&received)
{
    return readMatches(question.queryId, std::move(received));
}
std::vector<TransactionRecord> Iti47Continue::audit(const Question &question, const Answer *)
{
    return queryRecord(question.queryId, encode(question));
}

base::Status Iti47Cancel::validate(const Question &question)
{
    return validControl(question);
}
base::Result<Outgoing> Iti47Cancel::encode(const Question &question)
{
    return control(question, "aborted");
}
base::Result<V3Acknowledgement> Iti47Cancel::decode(const Question &, Received &&received)
{
    NARU_ASSIGN(V3Reply reply, readV3(std::move(received), false));
    return std::move(reply.acknowledgement);
}
std::vector<TransactionRecord> Iti47Cancel::audit(const Question &question, const Answer *)
{
    return queryRecord(question.queryId, encode(question));
}

base::Result<PdqAnswer> findPatients(
    const Caller &caller, const Endpoint &pdq, PdqQuestion question, int limit, const base::WorkContext &work)
{
    if (question.queryId.isEmpty())
        question.queryId = newQueryId(question.devices);
    NARU_ASSIGN(PdqAnswer out, caller.run<Iti47>(pdq, question, work));
    ContinueQuestion next{question.devices, question.queryId, question.quantity, question.created};
    while (out.remaining > 0 && int(out.patients.size()) < limit) {
        NARU_ASSIGN(PdqAnswer more, caller.run<Iti47Continue>(pdq, next, work));
        if (more.patients.empty()) // a supplier that counts wrongly would keep us here for ever
            break;
        out.patients.insert(out.patients.end(), more.patients.begin(), more.patients.end());
        out.deviations += more.deviations;
        out.remaining = more.remaining;
    }
    if (out.remaining > 0) // politeness; whether the supplier accepts it changes nothing for us
        (void)caller.run<Iti47Cancel>(pdq, next, work).ok();
    return out;
}

} // namespace naru::ihe
