#include "app/practice/registry/Registrar.h"

#include "app/practice/registry/SubmissionCheck.h"
#include "core/base/Oid.h"

#include <QDateTime>

namespace naru::practice {

RegistryAnswer Registrar::submit(const base::XmlElement &request, const QString &submitter, SubmitMode mode)
{
    const base::XmlElement *list = request.child(QLatin1String("RegistryObjectList"));
    RegistryAnswer answer;
    QStringList problems;
    if (!list)
        problems.append(QStringLiteral("RegistryObjectList is missing"));
    std::vector<RegistryObject> objects = list ? readObjects(*list, problems) : std::vector<RegistryObject>();
    for (const QString &problem : problems)
        answer.fail("XDSRegistryMetadataError", problem);
    return answer.ok() ? submitObjects(std::move(objects), submitter, mode) : answer;
}

RegistryAnswer Registrar::submitObjects(
    std::vector<RegistryObject> objects, const QString &submitter, SubmitMode mode)
{
    Submission submission{std::move(objects), mode.update, submitter};
    Transaction transaction(m_db);
    submission.assignIds();
    if (submission.shape()) {
        submission.patients(m_ports);
        submission.uniqueIds(m_store);
        if (submission.answer.ok())
            submission.associations(m_store);
        if (submission.answer.ok())
            submission.readConsents(m_ports);
        if (submission.answer.ok() && mode.consentRequired)
            submission.consentRule(m_consent, m_ports);
    }
    if (!submission.answer.ok())
        return submission.answer;
    store(submission, submitter);
    replaceEffects(submission);
    transaction.commit();
    return submission.answer;
}

void Registrar::store(Submission &submission, const QString &submitter)
{
    const QString now = QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMddHHmmss"));
    for (RegistryObject &object : submission.objects) {
        if (object.kind == ObjectKind::Folder)
            object.slots.insert(QStringLiteral("lastUpdateTime"), {now});
        m_store.add(object, submission.patient, submitter, now);
    }
    for (const Submission::NewConsent &consent : submission.consents)
        m_consent.record(submission.patient, consent.document, consent.event);
}

// RPLC and XFRM_RPLC deprecate their target with everything hanging on it, and the new document joins the
// folders of the old one (TF-3 4.2.2.2.3); ITI-57 sets the status asked for.
void Registrar::replaceEffects(Submission &submission)
{
    for (const RegistryObject &a : submission.objects) {
        if (a.type == QLatin1String(xds::updateStatus))
            m_store.setStatus(a.target, a.slot("NewStatus"));
        if (a.type != QLatin1String(xds::rplc) && a.type != QLatin1String(xds::xfrmRplc))
            continue;
        for (const StoredObject &link : m_store.associationsTouching(a.target)) {
            const auto folder = m_store.byId(link.object.source);
            if (link.object.type != QLatin1String(xds::hasMember) || !folder
                || folder->object.kind != ObjectKind::Folder)
                continue;
            RegistryObject member = link.object;
            member.id = base::newUuidUrn();
            member.target = a.source;
            m_store.add(member, submission.patient, folder->submitter, {});
        }
        deprecate(a.target, 0);
    }
}

void Registrar::deprecate(const QString &id, int depth)
{
    m_store.setStatus(id, QLatin1String(xds::deprecated));
    if (depth > 32)
        return;
    for (const StoredObject &link : m_store.associationsTouching(id)) {
        if (link.object.target != id
            || (link.object.type != QLatin1String(xds::apnd) && link.object.type != QLatin1String(xds::xfrm)))
            continue;
        const auto addendum = m_store.byId(link.object.source);
        if (addendum && addendum->object.status == QLatin1String(xds::approved))
            deprecate(link.object.source, depth + 1);
    }
}

} // namespace naru::practice
