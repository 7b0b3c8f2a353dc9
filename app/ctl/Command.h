// A verb of naructl as a row: its words, options and what it does.
#pragma once

#include "app/ctl/Output.h"
#include "core/base/Result.h"
#include "core/base/WorkContext.h"
#include "core/services/Profile.h"

#include <QMap>
#include <QStringList>

namespace naru::ctl {

// What the words before the group said, and the profile, opened when first needed.
struct Session {
    QString dataDir{};
    QString site{};
    QString user{};
    int passphraseFd = -1;
    bool json = false;
    base::WorkContext work{};
    std::shared_ptr<services::Profile> opened{};

    base::Result<services::Profile *> profile();
};

struct Arguments {
    QMap<QString, QStringList> options{}; // by long name without dashes
    QStringList positional{};

    bool has(const char *name) const { return options.contains(QLatin1String(name)); }
    QString value(const char *name, const QString &standard = {}) const
    {
        const QStringList all = options.value(QLatin1String(name));
        return all.isEmpty() ? standard : all.last();
    }
    QStringList values(const char *name) const { return options.value(QLatin1String(name)); }
};

struct Option {
    const char *name; // "birth"
    const char *value; // "DATE", empty for a switch
    const char *help;
};

struct Command {
    const char *group;
    const char *verb; // empty when the group is the whole command
    const char *positional; // "FILE...", for the usage line
    int least, most; // number of positional words; most -1: any
    const char *help;
    std::vector<Option> options;
    // Exit status 0 or 1 on success ("the answer is no"); errors carry their own.
    base::Result<int> (*run)(Session &, const Arguments &, Output &);
    // Where several rows share their words: this one is meant when the option is given.
    const char *when = "";
};

// Each group of commands gives its rows.
std::vector<Command> practiceCommands();
std::vector<Command> patientCommands();
std::vector<Command> consentCommands();
std::vector<Command> termsCommands();
std::vector<Command> documentCommands();
std::vector<Command> outboxCommands();
std::vector<Command> auditCommands();
std::vector<Command> siteCommands();
std::vector<Command> imageCommands();
std::vector<Command> imageRenderCommands();
std::vector<Command> imageAnonymizeCommands();
std::vector<Command> imageNodeCommands();
std::vector<Command> imageFetchCommands();
std::vector<Command> imageShareCommands();
std::vector<Command> imageStoreCommands();
std::vector<Command> userCommands();

// A file's bytes, bounded; "-" is standard input.
base::Result<QByteArray> readInput(const QString &path, qint64 limit = 64LL * 1024 * 1024);

} // namespace naru::ctl
