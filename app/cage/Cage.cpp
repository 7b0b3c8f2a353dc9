#include "app/cage/Cage.h"
#include "core/imaging/pool/Wire.h"

#include <QHash>
#include <QString>

#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/socket.h>

namespace naru::cage {

bool hasSocket()
{
    int type = 0;
    socklen_t size = sizeof type;
    return ::getsockopt(imaging::wire::SocketDescriptor, SOL_SOCKET, SO_TYPE, &type, &size) == 0;
}

void silenceQt()
{
    qInstallMessageHandler([](QtMsgType, const QMessageLogContext &, const QString &) {});
}

void warmUpRuntime()
{
    qHash(QString());
    try {
        throw 1;
    } catch (int) {
    }
}

bool limit(__rlimit_resource resource, rlim_t value)
{
    const rlimit both{value, value};
    return ::setrlimit(resource, &both) == 0;
}

bool keepPrivate()
{
    return ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && ::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0
        && limit(RLIMIT_CORE, 0);
}

Filter::Filter()
    : m_filter(seccomp_init(SCMP_ACT_KILL_PROCESS))
    , m_good(m_filter != nullptr)
{
}

Filter::~Filter()
{
    if (m_filter)
        seccomp_release(m_filter);
}

bool Filter::allow(std::initializer_list<int> calls)
{
    for (const int call : calls)
        m_good = m_good && seccomp_rule_add(m_filter, SCMP_ACT_ALLOW, call, 0) == 0;
    return m_good;
}

bool Filter::allow(int call, std::initializer_list<scmp_arg_cmp> conditions)
{
    m_good = m_good
        && seccomp_rule_add_array(
               m_filter, SCMP_ACT_ALLOW, call, unsigned(conditions.size()), conditions.begin())
            == 0;
    return m_good;
}

bool Filter::refuse(std::initializer_list<int> calls, int error)
{
    for (const int call : calls)
        m_good = m_good && seccomp_rule_add(m_filter, SCMP_ACT_ERRNO(std::uint16_t(error)), call, 0) == 0;
    return m_good;
}

bool Filter::allowMemory()
{
    for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mprotect)})
        allow(call, {SCMP_A2(SCMP_CMP_MASKED_EQ, scmp_datum_t(PROT_EXEC), 0)});
    return allow({SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(brk)});
}

bool Filter::load()
{
    m_good = m_good && seccomp_load(m_filter) == 0;
    return m_good;
}

} // namespace naru::cage
