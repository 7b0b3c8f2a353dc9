void f() { QMessageBox box; box.exec(); QMenu menu; menu.popup(p); }
