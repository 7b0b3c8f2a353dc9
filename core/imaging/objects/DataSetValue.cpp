#include "core/imaging/objects/DataSetValue.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <limits>

namespace naru::imaging {

namespace {
constexpr qsizetype DecimalLength = 16;

double numberOf(const QString &text)
{
    bool good = false;
    const double value = text.trimmed().toDouble(&good);
    return good ? value : std::numeric_limits<double>::quiet_NaN();
}

// One form for one meaning: no value is an empty list, and a backslash parts values.
void normalise(DataElement &element)
{
    const VrRow &row = vrRow(element.vr);
    if (row.form != ValueForm::Text)
        return;
    if (row.several && element.texts.join(QString()).contains(QLatin1Char('\\')))
        element.texts = element.texts.join(QLatin1Char('\\')).split(QLatin1Char('\\'));
    if (!row.several && element.texts.size() > 1)
        element.texts = {element.texts.join(QLatin1Char('\\'))};
    if (element.texts == QStringList{QString()})
        element.texts.clear();
}

DataElement elementOf(quint32 tag)
{
    DataElement element;
    element.tag = tag;
    element.vr = dictionaryVr(tag);
    return element;
}
} // namespace

bool DataElement::empty() const
{
    return texts.isEmpty() && numbers.empty() && bytes.isEmpty() && !bulk && items.empty();
}

bool operator==(const DataElement &a, const DataElement &b)
{
    return a.tag == b.tag && a.vr == b.vr && a.texts == b.texts && a.numbers == b.numbers
        && a.bytes == b.bytes && a.bulk == b.bulk && a.items == b.items;
}

bool operator==(const DataSetValue &a, const DataSetValue &b)
{
    return a.m_elements == b.m_elements;
}

const DataElement *DataSetValue::find(quint32 tag) const
{
    const auto at = std::lower_bound(m_elements.begin(), m_elements.end(), tag,
        [](const DataElement &element, quint32 wanted) { return element.tag < wanted; });
    return at != m_elements.end() && at->tag == tag ? &*at : nullptr;
}

DataElement *DataSetValue::find(quint32 tag)
{
    return const_cast<DataElement *>(std::as_const(*this).find(tag));
}

QString DataSetValue::text(quint32 tag) const
{
    const DataElement *element = find(tag);
    return element && !element->texts.isEmpty() ? element->texts.first() : QString();
}

QStringList DataSetValue::texts(quint32 tag) const
{
    const DataElement *element = find(tag);
    return element ? element->texts : QStringList();
}

std::vector<double> DataSetValue::numbers(quint32 tag) const
{
    const DataElement *element = find(tag);
    if (!element)
        return {};
    if (element->texts.isEmpty())
        return element->numbers;
    std::vector<double> out;
    out.reserve(std::size_t(element->texts.size()));
    for (const QString &text : element->texts)
        out.push_back(numberOf(text));
    return out;
}

std::optional<double> DataSetValue::number(quint32 tag) const
{
    const DataElement *element = find(tag);
    if (!element || (element->texts.isEmpty() && element->numbers.empty()))
        return std::nullopt;
    const double value =
        element->texts.isEmpty() ? element->numbers.front() : numberOf(element->texts.first());
    return std::isfinite(value) ? std::optional(value) : std::nullopt;
}

int DataSetValue::integer(quint32 tag, int absent) const
{
    const auto value = number(tag);
    return value && std::abs(*value) <= std::numeric_limits<int>::max() ? int(*value) : absent;
}

QByteArray DataSetValue::bytes(quint32 tag) const
{
    const DataElement *element = find(tag);
    return element ? element->bytes : QByteArray();
}

const std::vector<DataSetValue> &DataSetValue::items(quint32 tag) const
{
    static const std::vector<DataSetValue> none;
    const DataElement *element = find(tag);
    return element ? element->items : none;
}

const DataSetValue *DataSetValue::item(quint32 tag) const
{
    const auto &all = items(tag);
    return all.empty() ? nullptr : &all.front();
}

void DataSetValue::put(DataElement element)
{
    normalise(element);
    if (m_elements.empty() || m_elements.back().tag < element.tag) { // readers come in order
        m_elements.push_back(std::move(element));
        return;
    }
    const auto at = std::lower_bound(m_elements.begin(), m_elements.end(), element.tag,
        [](const DataElement &one, quint32 wanted) { return one.tag < wanted; });
    if (at != m_elements.end() && at->tag == element.tag)
        *at = std::move(element);
    else
        m_elements.insert(at, std::move(element));
}

void DataSetValue::setEmpty(quint32 tag)
{
    put(elementOf(tag));
}

void DataSetValue::setText(quint32 tag, const QString &value)
{
    setTexts(tag, value.isEmpty() ? QStringList() : QStringList{value});
}

void DataSetValue::setTexts(quint32 tag, const QStringList &values)
{
    DataElement element = elementOf(tag);
    element.texts = values;
    put(std::move(element));
}

void DataSetValue::setNumber(quint32 tag, double value)
{
    setNumbers(tag, {value});
}

void DataSetValue::setNumbers(quint32 tag, const std::vector<double> &values)
{
    DataElement element = elementOf(tag);
    if (vrRow(element.vr).form != ValueForm::Text) {
        element.numbers = values;
    } else {
        const bool whole = element.vr != vrOf("DS");
        for (const double value : values)
            element.texts.append(whole
                    ? QString::number(std::isfinite(value) ? qint64(std::llround(value)) : 0)
                    : decimalString(value));
    }
    put(std::move(element));
}

void DataSetValue::setBytes(quint32 tag, const QByteArray &value)
{
    DataElement element = elementOf(tag);
    element.bytes = value;
    put(std::move(element));
}

void DataSetValue::setItems(quint32 tag, std::vector<DataSetValue> items)
{
    DataElement element = elementOf(tag);
    element.items = std::move(items);
    put(std::move(element));
}

void DataSetValue::setItem(quint32 tag, DataSetValue item)
{
    std::vector<DataSetValue> one;
    one.push_back(std::move(item));
    setItems(tag, std::move(one));
}

void DataSetValue::remove(quint32 tag)
{
    std::erase_if(m_elements, [tag](const DataElement &element) { return element.tag == tag; });
}

QString decimalString(double value)
{
    if (!std::isfinite(value))
        return {};
    std::array<char, 32> text{};
    // The shortest form that reads back as the same number, when it fits; digits are given up one by one
    // else.
    auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
    for (int digits = 16; end - text.data() > DecimalLength && digits > 1; --digits)
        end = std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::general, digits)
                  .ptr;
    return QString::fromLatin1(text.data(), end - text.data());
}

} // namespace naru::imaging
