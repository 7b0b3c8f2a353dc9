#include "app/practice/consent/ConsentBook.h"

#include "app/practice/registry/Store.h"
#include "core/base/Oid.h"

#include <QStringList>

namespace naru::practice {

namespace {
QString join(const QSet<QString> &set)
{
    QStringList list(set.cbegin(), set.cend());
    list.sort();
    return list.join(QLatin1Char(' '));
}

QSet<QString> split(const QString &text)
{
    const QStringList list = text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    return QSet<QString>(list.cbegin(), list.cend());
}
} // namespace

void ConsentBook::record(const QString &patient, const QString &document, const ConsentEvent &event)
{
    auto lock = m_db.lock();
    Statement(m_db.handle(),
        "INSERT INTO consent(patient, document, effective, policy, departments, institutions) "
        "VALUES(?,?,?,?,?,?)")
        .bind(1, patient)
        .bind(2, document)
        .bind(3, event.effective)
        .bind(4, event.policy)
        .bind(5, join(event.departments))
        .bind(6, join(event.institutions))
        .run();
}

ConsentState ConsentBook::of(const QString &patient) const
{
    auto lock = m_db.lock();
    Statement statement(m_db.handle(),
        "SELECT c.policy, c.departments, c.institutions FROM consent c JOIN object o ON o.id = c.document "
        "WHERE c.patient = ? AND (o.status = 'urn:oasis:names:tc:ebxml-regrep:StatusType:Approved' "
        "OR c.policy IN (?, ?)) ORDER BY c.effective, c.seq");
    // A withdrawal counts whatever became of its document: else replacing it would give the consent back.
    statement.bind(1, patient)
        .bind(2, base::oid("krWithdrawAll").text())
        .bind(3, base::oid("krWithdrawPart").text());
    ConsentState state;
    while (statement.step()) {
        const QString policy = statement.text(0);
        if (policy == base::oid("krConsentAll").text() || policy == base::oid("krConsentPart").text()) {
            state = {true, split(statement.text(1)), split(statement.text(2))};
        } else if (policy == base::oid("krWithdrawAll").text()) {
            state = {};
        } else if (policy == base::oid("krWithdrawPart").text()) {
            state.departments += split(statement.text(1));
            state.institutions += split(statement.text(2));
        }
    }
    return state;
}

bool ConsentBook::maySee(const Viewer &viewer, const StoredObject &stored, Purpose purpose) const
{
    if (viewer.exchange)
        return true;
    const bool own = !viewer.institution.isEmpty() && stored.submitter == viewer.institution;
    const ConsentState state = of(stored.patient);
    if (stored.object.kind != ObjectKind::Document)
        return state.given || (own && purpose == Purpose::Exact);
    if (isConsentDocument(stored.object))
        return state.given || own;
    if (own && purpose == Purpose::Exact)
        return true;
    return state.given && !state.departments.contains(stored.object.code(xds::practice))
        && !state.institutions.contains(stored.submitter);
}

bool isConsentDocument(const RegistryObject &object)
{
    return object.code(xds::formatCode).startsWith(QLatin1String("urn:ihe:iti:bppc"))
        || object.code(xds::typeCode) == QLatin1String("57016-8");
}

bool hasEmergencyMarker(const RegistryObject &object)
{
    if (object.code(xds::typeCode) == QLatin1String("kr-emergency"))
        return true;
    for (const Classification *event : object.classified(xds::eventCode)) {
        if (event->code == QLatin1String("emergency-exception") || event->code == QLatin1String("ETREAT"))
            return true;
    }
    return false;
}

} // namespace naru::practice
