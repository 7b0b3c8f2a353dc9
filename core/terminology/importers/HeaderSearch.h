// Finds the row with the captions of a master, wherever it stands in the first rows of a table.
#pragma once

#include "core/terminology/importers/Layouts.h"

namespace naru::terminology::importing {

class HeaderSearch {
public:
    // Empty: any master that is recognised by its captions.
    void setMaster(const QString &master) { m_master = master; }
    void startFile() { m_closest = {}; }

    // Reads up to the header; false when there is none in the first rows. `name` is the sheet, or the file
    // without its suffix: some layouts are only for sheets of that name.
    base::Result<bool> find(TableReader &table, TableRow &row, const QString &name);
    const Header &header() const { return m_header; }
    // Why no table of the file had one.
    base::Error failure(const QString &file, const QStringList &sheets) const;

private:
    QString m_master{};
    Header m_header{}, m_closest{};
    QString m_closestSheet{};
};

} // namespace naru::terminology::importing
