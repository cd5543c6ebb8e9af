{{/*
What stands beside the service: its configuration, its account, its guard, its pods. The argument holds the context, the values, a name, the
command, its own configuration, which further keys of the service's it shares, its ports, what its secrets are, what may reach it and what it may reach.
*/}}
{{- define "osteon.process" -}}
{{- $context := .context }}
{{- $values := .values }}
{{- $name := printf "%s-%s" (include "osteon.name" $context) .name }}
{{- $policy := $context.Values.networkPolicy }}
{{- $own := .config }}
{{- $shares := .shares }}
{{- range $key, $value := $context.Values.config }}
{{- $shared := or (hasPrefix "kafka." $key) (hasPrefix "schema.registry." $key) (hasPrefix "topics." $key) (eq $key "bootstrap.servers") }}
{{- range $shares }}{{- if hasPrefix . $key }}{{- $shared = true }}{{- end }}{{- end }}
{{- if $shared }}
{{- $_ := set $own $key $value }}
{{- end }}
{{- end }}
{{- $files := dict "osteon.properties" (merge (deepCopy $values.config) $own) }}
{{- with .targets }}
{{- $_ := set $files "targets.properties" . }}
{{- end }}
{{- $data := dict }}
{{- range $file, $config := $files }}
{{- $properties := "" }}
{{- range $key := keys $config | sortAlpha }}
{{- $properties = printf "%s%s=%s\n" $properties $key (include "osteon.text" (get $config $key)) }}
{{- end }}
{{- $_ := set $data $file $properties }}
{{- end }}
apiVersion: v1
kind: ConfigMap
metadata:
  name: {{ $name }}
  namespace: {{ $context.Release.Namespace }}
  labels:
    {{- include "osteon.labels" (dict "context" $context "name" $name) | nindent 4 }}
data:
  {{- range $file, $text := $data }}
  {{ $file }}: |
    {{- $text | nindent 4 }}
  {{- end }}
---
apiVersion: v1
kind: ServiceAccount
metadata:
  name: {{ $name }}
  namespace: {{ $context.Release.Namespace }}
  labels:
    {{- include "osteon.labels" (dict "context" $context "name" $name) | nindent 4 }}
  {{- with $context.Values.serviceAccount.annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
automountServiceAccountToken: false
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata:
  name: {{ $name }}
  namespace: {{ $context.Release.Namespace }}
  labels:
    {{- include "osteon.labels" (dict "context" $context "name" $name) | nindent 4 }}
spec:
  maxUnavailable: 1
  unhealthyPodEvictionPolicy: AlwaysAllow
  selector: {matchLabels: {app.kubernetes.io/name: {{ $name }}}}
{{- with $values.service }}
---
apiVersion: v1
kind: Service
metadata:
  name: {{ $name }}
  namespace: {{ $context.Release.Namespace }}
  labels:
    {{- include "osteon.labels" (dict "context" $context "name" $name) | nindent 4 }}
  {{- with .annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
spec:
  type: {{ .type }}
  {{- if eq .type "LoadBalancer" }}
  externalTrafficPolicy: Local
  loadBalancerSourceRanges: {{ toJson .sourceRanges }}
  {{- end }}
  selector: {app.kubernetes.io/name: {{ $name }}}
  ports:
    {{- range $.ports }}
    - {name: {{ .name }}, port: {{ .port }}, targetPort: {{ .name }}}
    {{- end }}
{{- end }}
{{- if $policy.enabled }}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  name: {{ $name }}
  namespace: {{ $context.Release.Namespace }}
  labels:
    {{- include "osteon.labels" (dict "context" $context "name" $name) | nindent 4 }}
spec:
  podSelector: {matchLabels: {app.kubernetes.io/name: {{ $name }}}}
  policyTypes: [Ingress, Egress]
  ingress:
    {{- with $values.service }}
    - from:
        {{- range .sourceRanges }}
        - ipBlock: {cidr: {{ . }}}
        {{- end }}
      ports:
        {{- range $.ports }}
        - {protocol: TCP, port: {{ .port }}}
        {{- end }}
    {{- end }}
    - from:
        - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: {{ $policy.monitoringNamespace }}}}
      ports:
        - {protocol: TCP, port: 8081}
  egress:
    {{- include "osteon.egress" $context | nindent 4 }}
    {{- with $values.targetCidrs }}
    - to:
        - namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: {{ $policy.objectStoreNamespace }}}}
      ports:
        - {protocol: TCP, port: 9000}
    - to:
        {{- range . }}
        - ipBlock: {cidr: {{ . }}}
        {{- end }}
      ports:
        {{- range $values.targetPorts }}
        - {protocol: TCP, port: {{ . }}}
        {{- end }}
    {{- end }}
{{- end }}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ $name }}
  namespace: {{ $context.Release.Namespace }}
  labels:
    {{- include "osteon.labels" (dict "context" $context "name" $name) | nindent 4 }}
spec:
  replicas: {{ $values.replicas }}
  revisionHistoryLimit: 5
  strategy:
    type: RollingUpdate
    rollingUpdate: {maxSurge: 1, maxUnavailable: 0}
  selector: {matchLabels: {app.kubernetes.io/name: {{ $name }}}}
  template:
    metadata:
      labels: {app.kubernetes.io/name: {{ $name }}, app.kubernetes.io/part-of: osteon}
      annotations:
        prometheus.io/scrape: "true"
        prometheus.io/port: "8081"
        prometheus.io/path: /metrics
        checksum/config: {{ toJson $data | sha256sum }}
        {{- with $context.Values.credentials.version }}
        osteon.org/credentials-version: {{ . | quote }}
        {{- end }}
    spec:
      serviceAccountName: {{ $name }}
      automountServiceAccountToken: false
      enableServiceLinks: false
      terminationGracePeriodSeconds: {{ .graceSeconds }}
      securityContext:
        {{- include "osteon.podSecurity" $context | nindent 8 }}
      {{- with $context.Values.image.pullSecrets }}
      imagePullSecrets:
        {{- range . }}
        - {name: {{ . }}}
        {{- end }}
      {{- end }}
      {{- with $context.Values.arch }}
      nodeSelector: {kubernetes.io/arch: {{ . }}}
      {{- end }}
      topologySpreadConstraints:
        - maxSkew: 1
          topologyKey: kubernetes.io/hostname
          whenUnsatisfiable: ScheduleAnyway
          labelSelector: {matchLabels: {app.kubernetes.io/name: {{ $name }}}}
      containers:
        - name: {{ .name }}
          image: {{ include "osteon.image" $context }}
          {{- with $context.Values.image.pullPolicy }}
          imagePullPolicy: {{ . }}
          {{- end }}
          args: {{ toJson (concat .command (list "--config" "/etc/osteon/osteon.properties")) }}
          env:
            - {name: JAVA_TOOL_OPTIONS, value: {{ $values.javaOptions | quote }}}
            {{- with $values.env }}
            {{- toYaml . | nindent 12 }}
            {{- end }}
          envFrom:
            - secretRef: {name: {{ $values.credentials.secretName }}, optional: true}
          ports:
            {{- range .ports }}
            - {name: {{ .name }}, containerPort: {{ .port }}}
            {{- end }}
            - {name: metrics, containerPort: 8081}
          startupProbe:
            httpGet: {path: /livez, port: metrics}
            periodSeconds: 2
            timeoutSeconds: 3
            failureThreshold: 60
          livenessProbe:
            httpGet: {path: /livez, port: metrics}
            periodSeconds: 10
            timeoutSeconds: 5
            failureThreshold: 3
          readinessProbe:
            httpGet: {path: /readyz, port: metrics}
            periodSeconds: 5
            timeoutSeconds: 3
            failureThreshold: 2
          resources:
            {{- toYaml $values.resources | nindent 12 }}
          securityContext:
            {{- include "osteon.containerSecurity" $context | nindent 12 }}
          volumeMounts:
            - {name: config, mountPath: /etc/osteon, readOnly: true}
            {{- if .secrets }}
            - {name: secrets, mountPath: /etc/osteon-{{ .name }}, readOnly: true}
            {{- end }}
            - {name: cache, mountPath: /cache}
            {{- if $context.Values.tls.secretName }}
            - {name: tls, mountPath: /etc/osteon-tls, readOnly: true}
            {{- end }}
      volumes:
        - name: config
          configMap: {name: {{ $name }}}
        {{- with .secrets }}
        - name: secrets
          {{- toYaml . | nindent 10 }}
        {{- end }}
        - name: cache
          emptyDir: {sizeLimit: {{ .cache }}}
        {{- with $context.Values.tls.secretName }}
        - name: tls
          secret: {secretName: {{ . }}}
        {{- end }}
{{- end -}}
