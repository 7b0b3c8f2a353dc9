#include "core/terminology/importers/DrugReader.h"

#include "core/base/Oid.h"
#include "core/terminology/Errors.h"

namespace naru::terminology::importing {

namespace {
const QString &system(const char *name)
{
    static const QString edi = base::oid("edi").text(), atc = base::oid("atc").text();
    return *name == 'e' ? edi : atc;
}

base::Error invalidCode(const QString &code)
{
    return base::Error(errors::ImportCodeInvalid, {}, {{QStringLiteral("code"), code.left(40)}});
}
} // namespace

bool isDigits(QStringView code, int count)
{
    if (code.size() != count)
        return false;
    return std::all_of(code.begin(), code.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

QString joinedHelp(const RowView &row, std::initializer_list<Role> roles)
{
    QString out;
    for (const Role role : roles) {
        const QString &value = row.text(role);
        if (value.isEmpty())
            continue;
        if (!out.isEmpty())
            out += QStringLiteral(" \u00B7 ");
        out += value;
    }
    return out;
}

// About six packages a product.
void DrugReader::add(const RowView &row)
{
    const QString &code = row.text(Role::Code);
    if (code.isEmpty())
        return m_log.refuse(row, Role::Code, base::Error(errors::ImportCodeMissing));
    if (!isDigits(code, 13))
        return m_log.refuse(row, Role::Code, invalidCode(code));
    const QString &product = row.text(Role::Product);
    if (!product.isEmpty() && !isDigits(product, 9))
        return m_log.refuse(row, Role::Product, invalidCode(product));
    if (row.text(Role::Ko).isEmpty())
        return m_log.refuse(row, Role::Ko, base::Error(errors::ImportNameMissing));
    const auto [at, isNew] = m_terms.add(code, row.number());
    Concept &term = m_terms.at(at);
    if (!isNew) {
        if (term.ko != row.text(Role::Ko))
            return m_log.refuse(row, Role::Code, duplicateOf(code, m_terms.rowOf(at)));
        return m_log.ignore();
    }
    term.system = row.layout().system;
    term.ko = row.text(Role::Ko);
    term.help = joinedHelp(row, {Role::Maker, Role::Spec, Role::Quantity, Role::Form, Role::Pack});
    term.validFrom = m_log.date(row, Role::ValidFrom);
    if (const QDate cancelled = m_log.date(row, Role::Cancelled); cancelled.isValid())
        term.validTo = cancelled.addDays(-1); // from the day of the cancellation it is not valid
    if (const QString &whole = row.text(Role::Representative); whole != code && isDigits(whole, 13))
        term.parent = whole;
    if (!product.isEmpty())
        term.links.push_back({system("edi"), product});
    if (!row.text(Role::Atc).isEmpty())
        term.links.push_back({system("atc"), row.text(Role::Atc).toUpper()});
    ++m_log.report.kept;
    if (!product.isEmpty())
        addProduct(row, term);
}

// A product is valid as long as one of its packages is.
void DrugReader::addProduct(const RowView &row, const Concept &package)
{
    const auto [at, isNew] = m_products.add(row.text(Role::Product), row.number());
    Concept &term = m_products.at(at);
    if (isNew) {
        term.system = system("edi");
        term.ko = package.ko;
        term.help = row.text(Role::Maker);
        term.validFrom = package.validFrom;
        term.validTo = package.validTo;
    } else {
        addSynonym(term, package.ko);
        term.validFrom = term.validFrom.isValid() && package.validFrom.isValid()
            ? std::min(term.validFrom, package.validFrom)
            : QDate();
        term.validTo = term.validTo.isValid() && package.validTo.isValid()
            ? std::max(term.validTo, package.validTo)
            : QDate();
    }
    if (!row.text(Role::Atc).isEmpty()) {
        const CodeLink atc{system("atc"), row.text(Role::Atc).toUpper()};
        if (std::find(term.links.begin(), term.links.end(), atc) == term.links.end())
            term.links.push_back(atc);
    }
}

std::vector<Concept> DrugReader::finish()
{
    for (std::size_t i = 0; i < m_terms.size(); ++i) {
        if (Concept &term = m_terms.at(i); !term.parent.isEmpty() && m_terms.find(term.parent) < 0)
            term.parent.clear();
    }
    std::vector<Concept> out = m_terms.take(), products = m_products.take();
    out.insert(out.end(), std::make_move_iterator(products.begin()), std::make_move_iterator(products.end()));
    return out;
}

} // namespace naru::terminology::importing
