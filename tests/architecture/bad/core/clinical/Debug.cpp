void f() { qDebug() << 1; }
