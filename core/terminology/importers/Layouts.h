// The import profiles as values: tables/masters.tsv, mastercolumns.tsv and mastervalues.tsv.
#pragma once

#include "core/terminology/importers/Table.h"

#include <QStringView>

#include <array>
#include <optional>

namespace naru::terminology::importing {

// What a reader may want from a row. Link, Synonym may stand on several columns.
enum class Role : int {
    Code,
    Concept,
    Ko,
    En,
    Field,
    Link,
    RefScheme,
    RefCode,
    Version,
    Complete,
    Main,
    Notifiable,
    Sex,
    AgeFrom,
    AgeTo,
    Medicine,
    Level,
    Mark,
    ValidFrom,
    ValidTo,
    ReplacedBy,
    Retired,
    Product,
    Atc,
    Maker,
    Spec,
    Quantity,
    Form,
    Pack,
    Representative,
    Cancelled,
    Unit,
    Price,
    SkipWhenEmpty,
    Synonym,
    Component,
    Class,
    ClassType,
    Status,
    LongName,
    Patients,
    Claims,
    Count
};

struct LayoutColumn {
    enum class Need { Required, Expected, Optional };
    Role role{};
    Need need = Need::Required;
    QString system{}; // OID of a link
    QString caption{}; // as the publisher writes it, for messages
    QStringList captions{}; // folded
};

struct Layout {
    QString master{}, name{}, reader{};
    bool namedOnly = false;
    QStringList sheets{}; // patterns with '*'
    QString system{}; // OID
    QString ko{}, en{};
    std::vector<LayoutColumn> columns{};

    bool fitsSheet(const QString &sheet) const;
    bool isForEverySheet() const { return sheets.contains(QLatin1String("*")); }
};

const std::vector<Layout> &layouts();

// A caption or coded value as it is compared.
QString foldedCaption(QStringView caption);

// "yes" for (Complete, "완전코드"); empty when the value is not in the table.
QString meaningOf(const char *role, QStringView value);
// The same without the row for every other value ("*").
QString exactMeaningOf(const char *role, QStringView value);
// Systems (OIDs) that say which field a KOSTOM concept belongs to, in order of weight.
const std::vector<std::pair<QString, QString>> &fieldsOfSystems();

// Where the columns of a layout stand in one table.
struct Header {
    const Layout *layout = nullptr;
    qint64 row = 0;
    int fields = 0; // cells of the header row up to the last that is not empty
    int neededFields = 0; // up to the last required column
    std::array<int, std::size_t(Role::Count)> column{}; // -1: not there
    std::vector<std::pair<int, QString>> links{}; // column, system
    std::vector<int> synonyms{};
    QStringList captions{}; // of the table, by column
    std::vector<const LayoutColumn *> missing{}; // expected, or required when found is false
    bool complete = false; // every required column is there
    int matched = 0;

    int at(Role role) const { return column[std::size_t(role)]; }
};

// How `row` would do as the header of `layout`.
Header matchHeader(const Layout &layout, const TableRow &row);

} // namespace naru::terminology::importing
