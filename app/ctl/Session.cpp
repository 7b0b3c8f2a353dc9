#include "app/ctl/Command.h"
#include "app/ctl/Errors.h"
#include "core/base/Errors.h"

#include <QFile>

#include <cstdio>
#include <cstdlib>
#include <termios.h>
#include <unistd.h>

namespace naru::ctl {

namespace {
// Reads one line without echo from the terminal.
base::Result<base::SecureBytes> promptPassphrase()
{
    if (!isatty(STDIN_FILENO))
        return base::Error(errors::Passphrase);
    std::fputs("Passphrase: ", stderr);
    termios before{};
    tcgetattr(STDIN_FILENO, &before);
    termios silent = before;
    silent.c_lflag &= ~tcflag_t(ECHO);
    tcsetattr(STDIN_FILENO, TCSANOW, &silent);
    QByteArray line;
    int c = 0;
    while ((c = std::getchar()) != EOF && c != '\n')
        line.append(char(c));
    tcsetattr(STDIN_FILENO, TCSANOW, &before);
    std::fputc('\n', stderr);
    base::SecureBytes out{QByteArrayView(line)};
    line.fill('\0');
    return out;
}

base::Result<base::SecureBytes> passphrase(int fd)
{
    if (fd >= 0) {
        QByteArray line;
        char c = 0;
        while (line.size() < 4096 && ::read(fd, &c, 1) == 1 && c != '\n')
            line.append(c);
        return base::SecureBytes{QByteArrayView(line)};
    }
    if (qEnvironmentVariableIsSet("NARU_PASSPHRASE"))
        return base::SecureBytes{QByteArrayView(qgetenv("NARU_PASSPHRASE"))};
    return promptPassphrase();
}
} // namespace

base::Result<services::Profile *> Session::profile()
{
    if (!opened) {
        services::OpenOptions options;
        options.dataDir = dataDir.isEmpty() ? services::Profile::defaultDataDir() : dataDir;
        options.site = site;
        options.user = user;
        // The cost of the key derivation of new profiles; scripts and tests that make many may lower it.
        bool given = false;
        if (const int cost = qEnvironmentVariableIntValue("NARU_SCRYPT_LOGN", &given); given)
            options.scryptLogN = qBound(10, cost, 20);
        NARU_ASSIGN(options.passphrase, passphrase(passphraseFd));
        NARU_ASSIGN(opened, services::Profile::open(std::move(options)));
    }
    return opened.get();
}

base::Result<QByteArray> readInput(const QString &path, qint64 limit)
{
    QFile file;
    const bool standard = path == QLatin1String("-");
    if (standard)
        file.open(stdin, QIODevice::ReadOnly);
    else
        file.setFileName(path);
    if (!standard && !file.open(QIODevice::ReadOnly))
        return base::Error(base::errors::Io, file.errorString(), {{QStringLiteral("what"), path}});
    const QByteArray bytes = file.read(limit + 1);
    if (bytes.size() > limit)
        return base::Error(base::errors::TooLarge, path, {{QStringLiteral("what"), path}});
    return bytes;
}

} // namespace naru::ctl
