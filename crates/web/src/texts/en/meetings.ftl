## Pages of topics and meetings.

