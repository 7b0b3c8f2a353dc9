void f() { connect(a, SIGNAL(x()), b, SLOT(y())); }
