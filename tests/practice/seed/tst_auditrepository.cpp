#include <QTest>
class tst_AuditRepository : public QObject { Q_OBJECT };
QTEST_GUILESS_MAIN(tst_AuditRepository)
#include "tst_auditrepository.moc"
