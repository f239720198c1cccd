## Pages of orders, calls back and who is owed an answer.

